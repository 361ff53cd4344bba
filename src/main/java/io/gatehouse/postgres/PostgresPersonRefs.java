package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.time;

import io.gatehouse.lifecycle.PersonRef;
import io.gatehouse.lifecycle.PersonRefs;
import io.gatehouse.scim.FilterCondition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Users of lifecycle actions, in {@code person}. */
final class PostgresPersonRefs implements PersonRefs {

  private static final String WARD =
      "select t.id as tenant_id, t.slug, person.id, person.connection_id, false as erased "
          + "from person join tenant t on t.id = person.tenant_id ";

  private final JdbcClient jdbc;

  PostgresPersonRefs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Finds a user through the tenants, because the key of {@code person} begins with the tenant. */
  @Override
  public Optional<PersonRef> find(UUID person) {
    return jdbc.sql(
            """
            select t.id as tenant_id, t.slug, p.*
              from tenant t
              join lateral (select id, connection_id, false as erased
                              from person where tenant_id = t.id and id = :person
                            union all
                            select id, null, true from tombstone where tenant_id = t.id and id = :person) p on true
            """)
        .param("person", person)
        .query(PostgresPersonRefs::ward)
        .optional();
  }

  @Override
  public List<PersonRef> due(int limit) {
    return jdbc.sql(
            WARD
                + """
                where person.purge_after <= now() and person.held_at is null and not person.active
                order by person.purge_after
                limit ?
                """)
        .param(limit)
        .query(PostgresPersonRefs::ward)
        .list();
  }

  @Override
  public Due count(UUID tenant, Instant until) {
    return jdbc.sql(
            """
            select count(*) filter (where held_at is null), count(*) filter (where held_at is not null)
              from person
             where tenant_id = ? and purge_after <= ? and not active
            """)
        .param(tenant)
        .param(time(until))
        .query((row, n) -> new Due(row.getLong(1), row.getLong(2)))
        .single();
  }

  @Override
  public List<PersonRef> unenrolled(
      UUID tenant, @Nullable FilterCondition filter, @Nullable UUID after, int limit) {
    SqlFragment page =
        SqlFragment.of(WARD)
            .then(unenrolled(tenant, filter))
            .then(after == null ? SqlFragment.of("") : SqlFragment.of(" and person.id > ?", after))
            .then(" order by person.id limit ?", limit);
    return jdbc.sql(page.text()).params(page.parameters()).query(PostgresPersonRefs::ward).list();
  }

  @Override
  public long countUnenrolled(UUID tenant, @Nullable FilterCondition filter) {
    SqlFragment count =
        SqlFragment.of("select count(*) from person ").then(unenrolled(tenant, filter));
    return jdbc.sql(count.text()).params(count.parameters()).query(Long.class).single();
  }

  private static SqlFragment unenrolled(UUID tenant, @Nullable FilterCondition filter) {
    return SqlFragment.of(
            "where person.tenant_id = ? and person.enrolled_at is null and person.active"
                + " and person.deleted_at is null",
            tenant)
        .then(
            filter == null
                ? SqlFragment.of(" and person.connection_id is not null")
                : SqlFilter.of(filter, SqlTable.PERSON).in(" and ", ""));
  }

  private static PersonRef ward(ResultSet row, int n) throws SQLException {
    return new PersonRef(
        row.getObject("tenant_id", UUID.class),
        row.getString("slug"),
        row.getObject("id", UUID.class),
        row.getObject("connection_id", UUID.class),
        row.getBoolean("erased"));
  }
}
