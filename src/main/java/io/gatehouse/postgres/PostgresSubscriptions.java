package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import io.gatehouse.delivery.Profile;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.queue.Subscriptions;
import io.gatehouse.store.StoreUnavailableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Subscriptions in {@code subscription}. */
final class PostgresSubscriptions implements Subscriptions {

  private final JdbcClient jdbc;

  PostgresSubscriptions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public boolean add(Subscription subscription, byte[] passwordHash) {
    return 1
        == jdbc.sql(
                """
                insert into subscription (tenant_id, name, profile, types, password_hash) values (?, ?, ?, ?, ?)
                on conflict do nothing
                """)
            .params(subscription.tenant(), subscription.name(), subscription.profile().label())
            .param(array("text", subscription.types(), type -> type))
            .param(passwordHash)
            .update();
  }

  @Override
  public void changePassword(Subscription subscription, byte[] passwordHash) {
    jdbc.sql("update subscription set password_hash = ? where tenant_id = ? and name = ?")
        .params(passwordHash, subscription.tenant(), subscription.name())
        .update();
  }

  /** Finds subscriptions by login; neither a tenant nor a subscription has a dot in its name. */
  @Override
  public Map<Login, Subscription> holders(Set<Login> logins) {
    Map<Login, Subscription> holders = new HashMap<>();
    try {
      jdbc.sql(
              SELECT
                  + ", s.password_hash"
                  + FROM
                  + """
                    join unnest(?::text[], ?::text[], ?::text[]) l (slug, name, hash)
                      on t.slug = l.slug and s.name = l.name and s.password_hash = decode(l.hash, 'hex')
                    """)
          .param(array("text", logins, it -> slug(it.username())))
          .param(array("text", logins, it -> name(it.username())))
          .param(array("text", logins, it -> HexFormat.of().formatHex(it.passwordHash().array())))
          .query(
              row -> {
                Subscription found = subscription(row, 0);
                holders.put(Login.of(found.queue(), row.getBytes("password_hash")), found);
              });
      return holders;
    } catch (DataAccessException e) {
      throw new StoreUnavailableException("Credentials cannot be checked now", e);
    }
  }

  private static String slug(String username) {
    return username.substring(0, Math.max(username.indexOf('.'), 0));
  }

  private static String name(String username) {
    return username.substring(username.indexOf('.') + 1);
  }

  @Override
  public void remove(Subscription subscription) {
    jdbc.sql("delete from subscription where tenant_id = ? and name = ?")
        .params(subscription.tenant(), subscription.name())
        .update();
  }

  static final String SELECT = "select t.id, t.slug, s.name, s.profile, s.types";
  static final String FROM = " from subscription s join tenant t on t.id = s.tenant_id ";

  @Override
  public Optional<Subscription> find(String tenantSlug, String name) {
    return jdbc.sql(SELECT + FROM + "where t.slug = ? and s.name = ?")
        .params(tenantSlug, name)
        .query(PostgresSubscriptions::subscription)
        .optional();
  }

  @Override
  public List<Subscription> all() {
    return jdbc.sql(SELECT + FROM + "order by t.slug, s.name")
        .query(PostgresSubscriptions::subscription)
        .list();
  }

  @Override
  public Map<String, Set<Profile>> profiles(Set<String> tenantSlugs) {
    Map<String, Set<Profile>> profiles = new HashMap<>();
    jdbc.sql("select distinct t.slug, s.profile" + FROM + "where t.slug = any(?::text[])")
        .param(array("text", tenantSlugs, it -> it))
        .query(
            row -> {
              Set<Profile> ofTenant =
                  profiles.computeIfAbsent(row.getString(1), it -> EnumSet.noneOf(Profile.class));
              // a later version may have more profiles, which this one cannot render
              Profile.labelled(row.getString(2)).ifPresent(ofTenant::add);
            });
    return profiles;
  }

  static Subscription subscription(ResultSet row, int n) throws SQLException {
    return new Subscription(
        row.getObject("id", UUID.class),
        row.getString("slug"),
        row.getString("name"),
        Profile.labelled(row.getString("profile")).orElseThrow(),
        List.of((String[]) row.getArray("types").getArray()));
  }
}
