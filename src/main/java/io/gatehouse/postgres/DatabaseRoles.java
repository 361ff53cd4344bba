package io.gatehouse.postgres;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Two roles for one schema: the owner of the tables, and the gateway, which owns nothing, so that a
 * vulnerability in it cannot change or drop a table.
 */
public final class DatabaseRoles {

  /** The credentials of a role. */
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return "Login[" + user + "]";
    }
  }

  private DatabaseRoles() {}

  /**
   * Creates both roles in an embedded database, or sets their passwords again. Transfers to the
   * owner the tables that an earlier version has created as superuser.
   */
  public static void make(String url, Login superuser, Login owner, Login gateway) {
    var connection =
        new SingleConnectionDataSource(url, superuser.user(), superuser.password(), false);
    try {
      JdbcClient jdbc = JdbcClient.create(connection);
      for (Login role : List.of(owner, gateway)) {
        make(jdbc, role);
      }
      handOver(jdbc, owner.user());
    } finally {
      connection.destroy();
    }
  }

  private static void make(JdbcClient jdbc, Login role) {
    boolean exists =
        jdbc.sql("select exists (select from pg_roles where rolname = ?)")
            .param(role.user())
            .query(Boolean.class)
            .single();
    jdbc.sql(
            "%s role %s login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password '%s'"
                .formatted(exists ? "alter" : "create", role.user(), role.password()))
        .update();
  }

  private static void handOver(JdbcClient jdbc, String owner) {
    jdbc.sql(
            """
            select format('alter schema public owner to %1$I', :owner)
             where exists (select from pg_namespace
                            where nspname = 'public' and nspowner <> :owner::regrole)
            union all
            select format('alter table %s owner to %I', c.oid::regclass, :owner)
              from pg_class c
             where c.relnamespace = 'public'::regnamespace and c.relowner <> :owner::regrole
               and (c.relkind in ('r', 'p', 'v', 'm')
                    -- those of columns go with their tables
                    or c.relkind = 'S' and not exists (select from pg_depend d
                                                        where d.classid = 'pg_class'::regclass and d.objid = c.oid
                                                          and d.deptype in ('a', 'i')))
            union all
            select format('alter function %s owner to %I', p.oid::regprocedure, :owner)
              from pg_proc p
             where p.pronamespace = 'public'::regnamespace and p.proowner <> :owner::regrole
            """)
        .param("owner", owner)
        .query(String.class)
        .list()
        .forEach(statement -> jdbc.sql(statement).update());
  }
}
