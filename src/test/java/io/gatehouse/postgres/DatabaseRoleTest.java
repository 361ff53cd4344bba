package io.gatehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.support.Gateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The gateway works as a role that owns nothing and is no superuser. */
class DatabaseRoleTest {

  private static final JdbcClient JDBC = Gateway.shared().bean(JdbcClient.class);

  @Test
  void ownsNothingAndHasNoPowers() {
    assertThat(
            JDBC.sql(
                    """
                    select rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls
                           or exists (select from pg_class where relowner = r.oid)
                           or exists (select from pg_proc where proowner = r.oid)
                           or exists (select from pg_auth_members where member = r.oid)
                      from pg_roles r where rolname = current_user
                    """)
                .query(Boolean.class)
                .single())
        .isFalse();
    assertThat(
            JDBC.sql("select count(*) from pg_class where relowner = 'gatehouse_owner'::regrole")
                .query(Integer.class)
                .single())
        .isGreaterThan(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop table audit_entry",
        "alter table person disable trigger all",
        "truncate audit_entry",
        "create table public.mine (id int)",
        "create function public.mine() returns int language sql as 'select 1'",
        "update flyway_schema_history set success = false",
        "set role gatehouse_owner",
        "copy person to program 'cat'"
      })
  void cannotDoWhatIsTheOwners(String statement) {
    assertThatThrownBy(() -> JDBC.sql(statement).update())
        .isInstanceOf(DataAccessException.class)
        .rootCause()
        .message()
        .containsAnyOf("permission denied", "must be owner");
  }
}
