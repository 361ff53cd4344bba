package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import io.gatehouse.command.Caller;
import io.gatehouse.scim.Json;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.tenant.BearerToken;
import io.gatehouse.tenant.Connections.Holder;
import io.gatehouse.tenant.Credentials;
import io.gatehouse.tenant.EntraLogin;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tokens in {@code connection_token}, and those of Entra by the settings of connections. */
final class PostgresCredentials implements Credentials {

  private final JdbcClient jdbc;

  PostgresCredentials(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The time of use is not kept of a token that another gateway looks up at the same moment. */
  @Override
  public Map<BearerToken, Holder> holders(Set<BearerToken> tokens) {
    Map<ByteBuffer, BearerToken> hashes =
        tokens.stream()
            .collect(Collectors.toMap(it -> ByteBuffer.wrap(it.hash()), Function.identity()));
    Map<BearerToken, Holder> holders = new HashMap<>();
    try {
      jdbc.sql(
              """
              with found as materialized (
                  select id, hash, connection_id
                    from connection_token
                   where hash in (select decode(h, 'hex') from unnest(?::text[]) h) and revoked_at is null
              ), used as (
                  update connection_token set last_used_at = now()
                   where id in (select k.id from connection_token k join found using (id)
                                 order by k.id
                                   for no key update of k skip locked)
              )
              select f.hash, t.id, t.slug, c.id as connection_id, c.idp, c.settings::text
                from found f
                join connection c on c.id = f.connection_id
                join tenant t on t.id = c.tenant_id
              """)
          .param(array("text", tokens, it -> HexFormat.of().formatHex(it.hash())))
          .query(
              row -> {
                BearerToken token = hashes.get(ByteBuffer.wrap(row.getBytes("hash")));
                if (token != null) {
                  holders.put(token, holder(row));
                }
              });
      return holders;
    } catch (DataAccessException e) {
      throw new StoreUnavailableException("Credentials cannot be checked now", e);
    }
  }

  @Override
  public Map<EntraLogin, List<Holder>> entraHolders(Set<EntraLogin> logins) {
    Map<EntraLogin, List<Holder>> holders = new HashMap<>();
    try {
      jdbc.sql(
              """
              select l.tenant, l.audience, t.id, t.slug, c.id as connection_id, c.idp, c.settings::text
                from connection c
                join tenant t on t.id = c.tenant_id
                join unnest(?::uuid[], ?::uuid[]) l (tenant, audience)
                  on lower(c.settings -> 'entraLogin' ->> 'tenant') = l.tenant::text
                 and lower(coalesce(c.settings -> 'entraLogin' ->> 'audience', ?)) = l.audience::text
               where c.removed_at is null
              """)
          .param(array("uuid", logins, EntraLogin::tenant))
          .param(array("uuid", logins, EntraLogin::audience))
          .param(EntraLogin.NON_GALLERY.toString())
          .query(
              row -> {
                EntraLogin login =
                    new EntraLogin(row.getObject(1, UUID.class), row.getObject(2, UUID.class));
                holders.computeIfAbsent(login, it -> new ArrayList<>()).add(holder(row));
              });
      return holders;
    } catch (DataAccessException e) {
      throw new StoreUnavailableException("Credentials cannot be checked now", e);
    }
  }

  private static Holder holder(ResultSet row) throws SQLException {
    return new Holder(
        new Caller(
            row.getObject("id", UUID.class),
            row.getString("slug"),
            row.getObject("connection_id", UUID.class),
            row.getString("idp")),
        Json.stored(row.getString("settings")));
  }
}
