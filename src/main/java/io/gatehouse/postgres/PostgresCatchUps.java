package io.gatehouse.postgres;

import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.queue.CatchUps;
import io.gatehouse.delivery.queue.ReplayJobs.Stage;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Progress of the jobs in {@code catch_up}. How far a page of users is follows from the ids of the
 * first and the last one; nothing is counted.
 */
final class PostgresCatchUps implements CatchUps {

  private static final int WHOLE = 100;
  private static final int HEX = 16;

  private final JdbcClient jdbc;

  PostgresCatchUps(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<Progress> of(Subscription subscription) {
    return jdbc.sql(
            """
            select c.id, c.kind, c.stage, c.sent, c.requested_at, c.position, c.origin, c.until,
                   (select p.id from person p where p.tenant_id = c.tenant_id order by p.id limit 1) as first_user,
                   (select p.id from person p where p.tenant_id = c.tenant_id order by p.id desc limit 1) as last_user,
                   (select g.id from person_group g where g.tenant_id = c.tenant_id order by g.id limit 1) as first_group,
                   (select g.id from person_group g where g.tenant_id = c.tenant_id order by g.id desc limit 1)
                     as last_group
              from catch_up c
             where c.tenant_id = ? and c.name = ?
             order by c.requested_at, c.id
            """)
        .params(subscription.tenant(), subscription.name())
        .query(PostgresCatchUps::progress)
        .list();
  }

  private static Progress progress(ResultSet row, int n) throws SQLException {
    return new Progress(
        row.getObject("id", UUID.class),
        row.getString("kind"),
        row.getString("stage").toLowerCase(Locale.ROOT),
        percent(row),
        row.getLong("sent"),
        Objects.requireNonNull(ColumnValues.instant(row, "requested_at")));
  }

  private static int percent(ResultSet row) throws SQLException {
    String position = row.getString("position");
    return switch (Stage.valueOf(row.getString("stage"))) {
      case USERS -> between(row.getString("first_user"), position, row.getString("last_user"));
      case GROUPS -> between(row.getString("first_group"), position, row.getString("last_group"));
      case LOG ->
          percent(
              number(row.getString("origin")), number(position), number(row.getString("until")));
    };
  }

  private static BigInteger number(String sequence) {
    return sequence.isEmpty() ? BigInteger.ZERO : new BigInteger(sequence);
  }

  private static int between(@Nullable String first, String position, @Nullable String last) {
    return first == null || last == null || position.isEmpty()
        ? 0
        : percent(id(first), id(position), id(last));
  }

  private static BigInteger id(String uuid) {
    return new BigInteger(uuid.replace("-", ""), HEX);
  }

  private static int percent(BigInteger from, BigInteger at, BigInteger to) {
    BigInteger all = to.subtract(from);
    if (all.signum() <= 0) {
      return 0;
    }
    int percent = at.subtract(from).multiply(BigInteger.valueOf(WHOLE)).divide(all).intValue();
    return Math.max(0, Math.min(WHOLE, percent));
  }
}
