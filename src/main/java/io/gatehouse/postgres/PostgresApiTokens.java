package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import io.gatehouse.access.ApiToken;
import io.gatehouse.access.ApiTokens;
import io.gatehouse.access.Role;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.tenant.BearerToken;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tokens of the admin API in {@code api_token}; the time is that of the injected clock. */
final class PostgresApiTokens implements ApiTokens {

  private static final String ALL =
      """
      select id, name, hash, prefix, role, tenants, created_by, created_at, expires_at, used_at, revoked_at
        from api_token
      """;

  private final JdbcClient jdbc;
  private final JdbcClient signIns;
  private final Clock clock;

  /**
   * Creates the store.
   *
   * @param signIns the connections with which credentials are looked up
   */
  PostgresApiTokens(JdbcClient jdbc, JdbcClient signIns, Clock clock) {
    this.jdbc = jdbc;
    this.signIns = signIns;
    this.clock = clock;
  }

  @Override
  public boolean add(ApiToken token, BearerToken secret) {
    return 1
        == jdbc.sql(
                """
                insert into api_token (id, hash, prefix, role, created_by, created_at, expires_at, tenants, name)
                select ?, ?, ?, ?, ?, ?, ?, ?::uuid[], n.name
                  from (values (?::text)) n (name)
                 where not exists (select from api_token o
                                    where o.name = n.name and o.revoked_at is null and o.expires_at > ?)
                """)
            .params(token.id(), secret.hash(), token.prefix(), token.role().word())
            .param(token.createdBy())
            .param(ColumnValues.time(token.createdAt()))
            .param(ColumnValues.time(token.expiresAt()))
            .param(PostgresAccounts.array(token.tenants()))
            .param(token.name())
            .param(ColumnValues.time(clock.instant()))
            .update();
  }

  /** The time of use is written once a minute, and not while another gateway writes it. */
  @Override
  public Map<BearerToken, ApiToken> live(Set<BearerToken> secrets) {
    Map<ByteBuffer, BearerToken> hashes =
        secrets.stream()
            .collect(Collectors.toMap(it -> ByteBuffer.wrap(it.hash()), Function.identity()));
    Map<BearerToken, ApiToken> live = new HashMap<>();
    try {
      signIns
          .sql(
              """
              with found as materialized (
              """
                  + ALL
                  + """
                   where hash in (select decode(h, 'hex') from unnest(?::text[]) h)
                     and revoked_at is null and expires_at > ?
              ), used as (
                  update api_token set used_at = ?
                   where id in (select k.id from api_token k join found f using (id)
                                 where f.used_at is null or f.used_at < ?
                                 order by k.id
                                   for no key update of k skip locked)
              )
              select * from found
              """)
          .param(array("text", secrets, it -> HexFormat.of().formatHex(it.hash())))
          .param(ColumnValues.time(clock.instant()))
          .param(ColumnValues.time(clock.instant()))
          .param(ColumnValues.time(clock.instant().minusSeconds(60)))
          .query(
              row -> {
                BearerToken secret = hashes.get(ByteBuffer.wrap(row.getBytes("hash")));
                live.put(Objects.requireNonNull(secret), token(row, 0));
              });
      return live;
    } catch (DataAccessException e) {
      throw new StoreUnavailableException("Tokens cannot be checked now.", e);
    }
  }

  @Override
  public Optional<ApiToken> find(UUID id) {
    return jdbc.sql(ALL + "where id = ?").param(id).query(PostgresApiTokens::token).optional();
  }

  @Override
  public List<ApiToken> all() {
    return jdbc.sql(ALL + "order by created_at desc, id limit 500")
        .query(PostgresApiTokens::token)
        .list();
  }

  private static ApiToken token(ResultSet row, int n) throws SQLException {
    return new ApiToken(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getString("prefix"),
        Role.of(row.getString("role")).orElseThrow(),
        PostgresAccounts.tenants(row.getArray("tenants")),
        row.getString("created_by"),
        Objects.requireNonNull(ColumnValues.instant(row, "created_at")),
        Objects.requireNonNull(ColumnValues.instant(row, "expires_at")),
        ColumnValues.instant(row, "used_at"),
        ColumnValues.instant(row, "revoked_at"));
  }

  @Override
  public boolean revoke(UUID id) {
    return 1
        == jdbc.sql("update api_token set revoked_at = ? where id = ? and revoked_at is null")
            .param(ColumnValues.time(clock.instant()))
            .param(id)
            .update();
  }
}
