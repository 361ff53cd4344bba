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
import java.text.Normalizer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
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
      select * from (
          select t.*,
                 m.id is not null
                 and not (m.disabled_at is null
                          and (m.role in ('admin', t.role) or t.role = 'viewer')
                          and (m.tenants is null or coalesce(t.tenants <@ m.tenants, false))) as suspended
            from api_token t
            left join administrator m on m.id = t.maker_id
      ) t
      """;

  private static final int MAX_GENERATIONS = 100;

  private static final String DESCENDANTS =
      """
      t.id in (with recursive made as (
                   select id from api_token where parent_id = ?
                   union
                   select c.id from api_token c join made on c.parent_id = made.id
               )
               select id from made)
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
                insert into api_token (id, hash, prefix, role, created_by, created_at, expires_at, tenants,
                                       maker_id, name, parent_id, name_key)
                select ?, ?, ?, ?, ?, ?, ?, ?::uuid[], ?::uuid, ?, n.parent, n.key
                  from (values (?::uuid, ?::text)) n (parent, key)
                 where not exists (select from api_token o
                                    where o.name_key = n.key and o.revoked_at is null and o.expires_at > ?)
                   and (n.parent is null
                        or exists (select from api_token p
                                    where p.id = n.parent and p.revoked_at is null
                                      for share))
                """)
            .params(token.id(), secret.hash(), token.prefix(), token.role().word())
            .param(token.maker().actor())
            .param(ColumnValues.time(token.createdAt()))
            .param(ColumnValues.time(token.expiresAt()))
            .param(PostgresAccounts.array(token.tenants()))
            .param(token.maker().account())
            .param(token.name())
            .param(token.maker().token())
            .param(key(token.name()))
            .param(ColumnValues.time(clock.instant()))
            .update();
  }

  /** Names that look alike are one. */
  private static String key(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
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
                     and revoked_at is null and expires_at > ? and not suspended
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
        new ApiToken.Maker(
            row.getString("created_by"),
            row.getObject("maker_id", UUID.class),
            row.getObject("parent_id", UUID.class)),
        Objects.requireNonNull(ColumnValues.instant(row, "created_at")),
        Objects.requireNonNull(ColumnValues.instant(row, "expires_at")),
        ColumnValues.instant(row, "used_at"),
        ColumnValues.instant(row, "revoked_at"),
        row.getBoolean("suspended"));
  }

  /**
   * Revokes the token first, and then those that were made with it until there is none: one that is
   * added meanwhile waits at the row of its parent, or is found by the next statement.
   */
  @Override
  public List<ApiToken> revoke(UUID id) {
    List<ApiToken> revoked = new ArrayList<>(revoked("t.id = ?", id));
    for (int i = 0; i < MAX_GENERATIONS && !revoked.isEmpty(); i++) {
      List<ApiToken> made = revoked(DESCENDANTS, id);
      if (made.isEmpty()) {
        return revoked;
      }
      revoked.addAll(made);
    }
    return revoked;
  }

  private List<ApiToken> revoked(String which, UUID id) {
    return jdbc.sql(
            "update api_token t set revoked_at = ? where t.revoked_at is null and "
                + which
                + " returning t.*, false as suspended")
        .param(ColumnValues.time(clock.instant()))
        .param(id)
        .query(PostgresApiTokens::token)
        .list();
  }
}
