package io.gatehouse.postgres;

import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.delivery.CatchUps;
import io.gatehouse.delivery.Subscription;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Jobs in {@code catch_up}. */
final class PostgresCatchUps implements CatchUps {

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final PostgresPages pages;

  PostgresCatchUps(JdbcClient jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.pages = new PostgresPages(jdbc);
  }

  @Override
  public void bootstrap(Subscription subscription) {
    jdbc.sql(
            """
            insert into catch_up (id, tenant_id, name, kind, stage, until)
            select gen_random_uuid(), ?, ?, 'bootstrap', 'USERS', sequence from feed where name = 'changes'
            """)
        .params(subscription.tenant(), subscription.name())
        .update();
  }

  @Override
  public void replay(Subscription subscription, From from) {
    jdbc.sql(
            """
            insert into catch_up (id, tenant_id, name, kind, stage, until, resource_id, position)
            select gen_random_uuid(), ?, ?, 'replay', 'LOG', sequence, ?::uuid, ?
              from feed
             where name = 'changes'
            """)
        .params(subscription.tenant(), subscription.name())
        .param(from.resource())
        .param(Long.toString(pages.before(subscription.tenant(), from)))
        .update();
  }

  @Override
  public boolean next(Sender sender) {
    return Boolean.TRUE.equals(
        transactions.execute(
            status -> {
              Optional<Row> row = oldest();
              row.ifPresent(it -> goOn(it, sender));
              return row.isPresent();
            }));
  }

  /** A job, and how far it has come. */
  private record Row(Job job, PostgresPages.Place place) {}

  private Optional<Row> oldest() {
    return jdbc.sql(
            """
                select c.id as job, t.id, t.slug, s.name, s.profile, s.types, c.until, c.stage, c.position,
                       c.resource_id
                  from catch_up c
                  join tenant t on t.id = c.tenant_id
                  join subscription s on s.tenant_id = c.tenant_id and s.name = c.name
                 where c.due_at <= clock_timestamp()
                 order by c.requested_at, c.id
                 limit 1
                   for update of c skip locked
                """)
        .query(PostgresCatchUps::row)
        .optional();
  }

  private static Row row(ResultSet row, int n) throws SQLException {
    Subscription subscription = PostgresSubscriptions.subscription(row, n);
    long until = row.getLong("until");
    return new Row(
        new Job(row.getObject("job", UUID.class), subscription, until),
        new PostgresPages.Place(
            PostgresPages.Stage.valueOf(row.getString("stage")),
            row.getString("position"),
            row.getObject("resource_id", UUID.class)));
  }

  /** The row first, because it is seldom there, and the relay waits while we send. */
  private void goOn(Row row, Sender sender) {
    if (sender.mayGoOn(row.job())) {
      jdbc.sql("select pg_advisory_xact_lock(hashtextextended('gatehouse.relay', 0))")
          .query(ignored -> {});
      send(row, sender);
    } else {
      jdbc.sql("update catch_up set due_at = clock_timestamp() + interval '1 second' where id = ?")
          .param(row.job().id())
          .update();
    }
  }

  private void send(Row row, Sender sender) {
    PostgresPages.Page page = pages.read(row.job(), row.place());
    List<Announcement> changes = page.changes();
    if (!changes.isEmpty()) {
      sender.send(row.job(), changes);
    }
    Optional<PostgresPages.Place> next = page.next();
    if (next.isPresent()) {
      keep(row.job(), next.get());
    } else {
      if (row.place().stage() == PostgresPages.Stage.GROUPS) {
        sender.completed(row.job());
      }
      jdbc.sql("delete from catch_up where id = ?").param(row.job().id()).update();
    }
  }

  private void keep(Job job, PostgresPages.Place place) {
    jdbc.sql("update catch_up set stage = ?, position = ? where id = ?")
        .params(place.stage().name(), Objects.requireNonNull(place.position()), job.id())
        .update();
  }
}
