package io.gatehouse.postgres;

import io.gatehouse.access.SetupLink;
import io.gatehouse.access.SetupLinks;
import io.gatehouse.tenant.BearerToken;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Links in {@code setup_link}; the time is that of the injected clock. */
final class PostgresSetupLinks implements SetupLinks {

  private static final String ALL =
      """
      select l.id, l.tenant_id, l.connection_id, l.created_by, l.created_at, l.expires_at, l.opened_at, l.revoked_at
        from setup_link l
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  PostgresSetupLinks(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  private OffsetDateTime now() {
    return Objects.requireNonNull(ColumnValues.time(clock.instant()));
  }

  @Override
  public void add(SetupLink link, BearerToken token) {
    jdbc.sql(
            """
            insert into setup_link (id, tenant_id, connection_id, hash, created_by, created_at, expires_at)
            values (?, ?, ?, ?, ?, ?, ?)
            """)
        .params(link.id(), link.tenant(), link.connection(), token.hash(), link.createdBy())
        .param(ColumnValues.time(link.createdAt()))
        .param(ColumnValues.time(link.expiresAt()))
        .update();
  }

  @Override
  public Optional<SetupLink> live(BearerToken token) {
    return jdbc.sql(
            ALL
                + """
                  join connection c on c.id = l.connection_id and c.removed_at is null
                 where l.hash = ? and l.revoked_at is null and l.expires_at > ?
                   and not exists (select from administrator a
                                    where 'admin:' || a.name = l.created_by
                                      and (a.disabled_at is not null or a.role <> 'admin'
                                           or not l.tenant_id = any(coalesce(a.tenants, array[l.tenant_id]))))
                """)
        .params(token.hash(), now())
        .query(PostgresSetupLinks::link)
        .optional();
  }

  @Override
  public List<SetupLink> of(UUID connection) {
    return jdbc.sql(ALL + "where l.connection_id = ? order by l.created_at desc, l.id limit 100")
        .param(connection)
        .query(PostgresSetupLinks::link)
        .list();
  }

  private static SetupLink link(ResultSet row, int n) throws SQLException {
    return new SetupLink(
        row.getObject("id", UUID.class),
        row.getObject("tenant_id", UUID.class),
        row.getObject("connection_id", UUID.class),
        row.getString("created_by"),
        Objects.requireNonNull(ColumnValues.instant(row, "created_at")),
        Objects.requireNonNull(ColumnValues.instant(row, "expires_at")),
        ColumnValues.instant(row, "opened_at"),
        ColumnValues.instant(row, "revoked_at"));
  }

  @Override
  public boolean revoke(UUID connection, UUID id) {
    return 1
        == jdbc.sql(
                """
                update setup_link set revoked_at = ?
                 where id = ? and connection_id = ? and revoked_at is null
                """)
            .params(now(), id, connection)
            .update();
  }

  @Override
  public boolean opened(UUID id) {
    return 1
        == jdbc.sql("update setup_link set opened_at = ? where id = ? and opened_at is null")
            .params(now(), id)
            .update();
  }

  @Override
  public boolean called(UUID connection) {
    return jdbc.sql(
            """
            select exists (select from connection_token where connection_id = ? and last_used_at is not null)
            """)
        .param(connection)
        .query(Boolean.class)
        .single();
  }
}
