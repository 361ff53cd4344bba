package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.tenant.BearerToken;
import io.gatehouse.tenant.Connections;
import io.gatehouse.tenant.EntraLogin;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Tenants, connections and tokens in their tables. */
final class PostgresConnections implements Connections {

  private static final int MOST_TOKENS = 2;

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  PostgresConnections(JdbcClient jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  @Override
  public boolean add(Tenant tenant) {
    return 1
        == jdbc.sql(
                """
                insert into tenant (id, slug, name, settings) values (?, ?, ?, ?::jsonb)
                on conflict do nothing
                """)
            .params(tenant.id(), tenant.slug(), tenant.name(), Json.text(tenant.settings()))
            .update();
  }

  @Override
  public Optional<Tenant> tenant(String slug) {
    return jdbc.sql("select id, slug, name, settings::text from tenant where slug = ?")
        .param(slug)
        .query(PostgresConnections::tenant)
        .optional();
  }

  @Override
  public List<Tenant> tenants() {
    return jdbc.sql("select id, slug, name, settings::text from tenant order by slug")
        .query(PostgresConnections::tenant)
        .list();
  }

  private static Tenant tenant(ResultSet row, int n) throws SQLException {
    return new Tenant(
        row.getObject("id", UUID.class),
        row.getString("slug"),
        row.getString("name"),
        Json.stored(row.getString("settings")));
  }

  @Override
  public void add(Connection connection) {
    jdbc.sql(
            "insert into connection (id, tenant_id, name, idp, settings) values (?, ?, ?, ?, ?::jsonb)")
        .params(connection.id(), connection.tenant(), connection.name(), connection.idp())
        .param(Json.text(connection.settings()))
        .update();
  }

  @Override
  public void changeTenant(UUID tenant, ObjectNode settings) {
    jdbc.sql(
            """
            update tenant set settings = jsonb_strip_nulls(settings || ?::jsonb)
             where id = ?
            """)
        .params(Json.text(settings), tenant)
        .update();
  }

  @Override
  public void change(UUID connection, ObjectNode settings) {
    jdbc.sql(
            """
            update connection set settings = jsonb_strip_nulls(settings || ?::jsonb)
             where id = ?
            """)
        .params(Json.text(settings), connection)
        .update();
  }

  @Override
  public void remove(UUID connection) {
    jdbc.sql(
            """
            with revoked as (
                update connection_token set revoked_at = now()
                 where connection_id = :id and revoked_at is null
            )
            update connection set removed_at = now() where id = :id
            """)
        .param("id", connection)
        .update();
  }

  @Override
  public Optional<Connection> connection(UUID id) {
    return jdbc.sql(
            """
            select c.id, c.tenant_id, t.slug, c.name, c.idp, c.settings::text
              from connection c join tenant t on t.id = c.tenant_id
             where c.id = ? and c.removed_at is null
            """)
        .param(id)
        .query(PostgresConnections::connection)
        .optional();
  }

  @Override
  public List<Connection> connections() {
    return jdbc.sql(
            """
            select c.id, c.tenant_id, t.slug, c.name, c.idp, c.settings::text
              from connection c join tenant t on t.id = c.tenant_id
             where c.removed_at is null
             order by t.slug, c.name, c.id
            """)
        .query(PostgresConnections::connection)
        .list();
  }

  private static Connection connection(ResultSet row, int n) throws SQLException {
    return new Connection(
        row.getObject("id", UUID.class),
        row.getObject("tenant_id", UUID.class),
        row.getString("slug"),
        row.getString("name"),
        row.getString("idp"),
        Json.stored(row.getString("settings")));
  }

  @Override
  public Optional<IssuedToken> issue(UUID connection, BearerToken token) {
    return Objects.requireNonNull(
        transactions.execute(
            status ->
                lockedCount(connection).filter(it -> it < MOST_TOKENS).isPresent()
                    ? insert(connection, token)
                    : Optional.empty()));
  }

  private Optional<IssuedToken> insert(UUID connection, BearerToken token) {
    return jdbc.sql(
            """
            insert into connection_token (id, connection_id, hash, prefix) values (?, ?, ?, ?)
            returning id, prefix, created_at, last_used_at
            """)
        .params(UUID.randomUUID(), connection, token.hash(), token.prefix())
        .query(PostgresConnections::issued)
        .optional();
  }

  /**
   * Locks the row of the connection, and counts its live tokens with a statement that begins after
   * the lock was granted, so that it sees those of concurrent calls. Empty when the connection was
   * removed.
   */
  private Optional<Integer> lockedCount(UUID connection) {
    return jdbc.sql("select id from connection where id = ? and removed_at is null for update")
        .param(connection)
        .query(UUID.class)
        .optional()
        .map(it -> liveTokens(it).size());
  }

  @Override
  public boolean revokeSpare(UUID connection, UUID token) {
    return Boolean.TRUE.equals(
        transactions.execute(
            status ->
                lockedCount(connection).filter(it -> it > 1).isPresent()
                    && revoke(connection, token)));
  }

  @Override
  public boolean revoke(UUID connection, UUID token) {
    return 1
        == jdbc.sql(
                """
                update connection_token set revoked_at = now()
                 where connection_id = ? and id = ? and revoked_at is null
                """)
            .params(connection, token)
            .update();
  }

  @Override
  public Map<UUID, List<IssuedToken>> liveTokens(Collection<UUID> connections) {
    Map<UUID, List<IssuedToken>> tokens = new HashMap<>();
    jdbc.sql(
            """
            select connection_id, id, prefix, created_at, last_used_at
              from connection_token
             where connection_id = any(?::uuid[]) and revoked_at is null
             order by created_at
            """)
        .param(array("uuid", connections, id -> id))
        .query(
            row -> {
              tokens
                  .computeIfAbsent(
                      row.getObject("connection_id", UUID.class), id -> new ArrayList<>())
                  .add(issued(row, 0));
            });
    return tokens;
  }

  private static IssuedToken issued(ResultSet row, int n) throws SQLException {
    return new IssuedToken(
        row.getObject("id", UUID.class),
        row.getString("prefix"),
        Objects.requireNonNull(ColumnValues.instant(row, "created_at")),
        ColumnValues.instant(row, "last_used_at"));
  }

  @Override
  public Optional<Holder> holder(BearerToken token) {
    return Optional.ofNullable(new PostgresCredentials(jdbc).holders(Set.of(token)).get(token));
  }

  @Override
  public List<Holder> holders(EntraLogin login) {
    return new PostgresCredentials(jdbc).entraHolders(Set.of(login)).getOrDefault(login, List.of());
  }
}
