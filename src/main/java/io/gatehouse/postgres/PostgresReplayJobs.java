package io.gatehouse.postgres;

import io.gatehouse.change.ChangeLog;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.queue.ReplayJobs;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Jobs in {@code catch_up}. */
final class PostgresReplayJobs implements ReplayJobs {

  private final JdbcClient jdbc;
  private final PostgresPages pages;

  PostgresReplayJobs(JdbcClient jdbc) {
    this.jdbc = jdbc;
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
            insert into catch_up (id, tenant_id, name, kind, stage, until, resource_id, position, origin)
            select gen_random_uuid(), ?, ?, 'replay', 'LOG', sequence, ?::uuid, p, p
              from feed, (values (?::text)) as place (p)
             where name = 'changes'
            """)
        .params(subscription.tenant(), subscription.name())
        .param(from.resource())
        .param(Long.toString(pages.before(subscription.tenant(), from)))
        .update();
  }

  @Override
  public Optional<Job> oldest() {
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
        .query(PostgresReplayJobs::job)
        .optional();
  }

  private static Job job(ResultSet row, int n) throws SQLException {
    return new Job(
        row.getObject("job", UUID.class),
        PostgresSubscriptions.subscription(row, n),
        row.getLong("until"),
        new Place(
            Stage.valueOf(row.getString("stage")),
            row.getString("position"),
            row.getObject("resource_id", UUID.class)));
  }

  @Override
  public void postpone(Job job) {
    jdbc.sql("update catch_up set due_at = clock_timestamp() + interval '1 second' where id = ?")
        .param(job.id())
        .update();
  }

  /** Locks the row of the job first, because it seldom exists, and the relay waits here. */
  @Override
  public Page page(Job job) {
    AdvisoryLock.take(jdbc, AdvisoryLock.of(ChangeLog.LOCK));
    return pages.read(job);
  }

  @Override
  public void sent(Job job, Page page) {
    page.next().ifPresentOrElse(next -> keep(job, next, page.changes().size()), () -> remove(job));
  }

  private void keep(Job job, Place place, int sent) {
    jdbc.sql("update catch_up set stage = ?, position = ?, sent = sent + ? where id = ?")
        .params(place.stage().name(), place.position(), sent, job.id())
        .update();
  }

  private void remove(Job job) {
    jdbc.sql("delete from catch_up where id = ?").param(job.id()).update();
  }
}
