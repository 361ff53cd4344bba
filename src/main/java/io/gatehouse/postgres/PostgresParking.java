package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.EnvelopeCodec;
import io.gatehouse.command.EventOrigin;
import io.gatehouse.directory.Parking;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Parked commands in {@code parked_command}. */
final class PostgresParking implements Parking {

  private final JdbcClient jdbc;

  PostgresParking(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Set<String> occupied(Collection<String> orderingKeys) {
    return new HashSet<>(
        jdbc.sql(
                """
                select distinct k.name
                  from unnest(?::text[], ?::uuid[]) k (name, key)
                  join parked_command p on p.key = k.key
                 where p.opened_at is null
                """)
            .param(array("text", orderingKeys, it -> it))
            .param(array("uuid", orderingKeys, PostgresParking::key))
            .query(String.class)
            .list());
  }

  /** Hashes an ordering key, which may be a user's name. */
  private static UUID key(String orderingKey) {
    return UUID.nameUUIDFromBytes(orderingKey.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void park(Envelope envelope, Cause cause) {
    EventOrigin origin = Objects.requireNonNull(envelope.trace().source());
    jdbc.sql(
            """
            insert into parked_command (key, tenant_id, connection_id, target, cause, source_time, envelope)
            values (?, ?, ?, ?, ?, ?, ?::jsonb)
            """)
        .param(key(envelope.orderingKey()))
        .param(envelope.caller().tenant())
        .param(envelope.caller().requireConnection())
        .param(envelope.command().target())
        .param(cause.word())
        .param(ColumnValues.time(origin.time()))
        .param(EnvelopeCodec.encode(envelope))
        .update();
  }

  /**
   * The first parked command of each resource, and whether a newer command has been applied since.
   */
  private static final String QUEUES =
      """
      select distinct on (p.key) p.key, t.slug, p.connection_id, p.target, p.cause, p.parked_at,
             count(*) over (partition by p.key) as commands, m.user_name,
             coalesce(m.source_time > p.source_time, false) as outdated
        from parked_command p
        join tenant t on t.id = p.tenant_id
        left join person m on m.tenant_id = p.tenant_id and m.id = p.target
      """;

  @Override
  public List<Queue> queues(Collection<String> tenants) {
    return jdbc.sql(
            "select * from ("
                + QUEUES
                + " where t.slug = any(?::text[]) order by p.key, p.id) queue order by parked_at, key limit 1000")
        .param(array("text", tenants, it -> it))
        .query(PostgresParking::queue)
        .list();
  }

  @Override
  public @Nullable Queue queue(UUID key) {
    return jdbc.sql(QUEUES + " where p.key = ? order by p.key, p.id")
        .param(key)
        .query(PostgresParking::queue)
        .optional()
        .orElse(null);
  }

  private static Queue queue(ResultSet row, int n) throws SQLException {
    return new Queue(
        row.getObject("key", UUID.class),
        row.getString("slug"),
        row.getObject("connection_id", UUID.class),
        row.getObject("target", UUID.class),
        row.getString("user_name"),
        Cause.valueOf(row.getString("cause").toUpperCase(Locale.ROOT)),
        row.getInt("commands"),
        Objects.requireNonNull(ColumnValues.instant(row, "parked_at")),
        row.getBoolean("outdated"));
  }

  @Override
  public List<UUID> braked(UUID connection) {
    return jdbc.sql(
            """
            select key from parked_command where connection_id = ? and cause = 'brake' group by key order by min(id)
            """)
        .param(connection)
        .query(UUID.class)
        .list();
  }

  @Override
  public List<Parked> first(UUID key, int limit) {
    return jdbc.sql(
            "select id, envelope::text from parked_command where key = ? order by id limit ?")
        .param(key)
        .param(limit)
        .query(PostgresParking::parked)
        .list();
  }

  private static Parked parked(ResultSet row, int n) throws SQLException {
    long place = row.getLong("id");
    return new Parked(place, again(place), EnvelopeCodec.decode(row.getString("envelope")));
  }

  @Override
  public List<Parked> open(UUID key) {
    return jdbc.sql(
            """
            with opened as (
                update parked_command set opened_at = now() where key = ? returning id, envelope
            )
            select id, envelope::text from opened order by id
            """)
        .param(key)
        .query(PostgresParking::parked)
        .list();
  }

  private static CommandId again(long id) {
    return new CommandId(UUID.nameUUIDFromBytes(("parked/" + id).getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close(Collection<Parked> sent) {
    jdbc.sql("delete from parked_command where id = any(?::bigint[])")
        .param(array("bigint", sent, Parked::place))
        .update();
  }

  @Override
  public int discard(UUID key, boolean braked) {
    return jdbc.sql(
            """
            delete from parked_command
             where key = ? and (cause = 'brake' or not ?)
               and (opened_at is null or opened_at < now() - interval '1 minute')
            """)
        .params(key, braked)
        .update();
  }
}
