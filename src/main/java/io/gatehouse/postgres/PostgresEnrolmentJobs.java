package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import io.gatehouse.lifecycle.EnrolmentJobs;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Jobs in {@code enrolment}. */
final class PostgresEnrolmentJobs extends JobTable<EnrolmentJobs.Job> implements EnrolmentJobs {

  PostgresEnrolmentJobs(JdbcClient jdbc) {
    super(jdbc, "enrolment", PostgresEnrolmentJobs::job);
  }

  @Override
  public Optional<UUID> begin(Order order) {
    State state = order.total() == 0 ? State.DONE : State.RUNNING;
    return jdbc.sql(
            """
            insert into enrolment (id, tenant_id, actor, filter, state, total, ended_at)
            values (?, ?, ?, ?, ?, ?, case when ? then now() end)
            on conflict (tenant_id) where state = 'running' do nothing
            returning id
            """)
        .param(UUID.randomUUID())
        .param(order.tenant())
        .param(order.actor())
        .param(state == State.DONE ? null : order.filter())
        .param(state.word())
        .param(order.total())
        .param(state == State.DONE)
        .query(UUID.class)
        .optional();
  }

  @Override
  public Optional<UUID> running(UUID tenant) {
    return jdbc.sql("select id from enrolment where tenant_id = ? and state = 'running'")
        .param(tenant)
        .query(UUID.class)
        .optional();
  }

  @Override
  public Optional<Progress> find(UUID tenant, UUID id) {
    return jdbc.sql("select * from enrolment where tenant_id = ? and id = ?")
        .param(tenant)
        .param(id)
        .query(PostgresEnrolmentJobs::progress)
        .optional();
  }

  @Override
  public List<Progress> latest(UUID tenant, int limit) {
    return jdbc.sql("select * from enrolment where tenant_id = ? order by started_at desc limit ?")
        .param(tenant)
        .param(limit)
        .query(PostgresEnrolmentJobs::progress)
        .list();
  }

  private static Progress progress(ResultSet row, int n) throws SQLException {
    long done = row.getLong("done");
    long refused = row.getLong("refused");
    int pending = pending(row).size();
    return new Progress(
        row.getObject("id", UUID.class),
        state(row),
        Math.max(row.getLong("total"), done + refused + pending),
        done,
        refused,
        Objects.requireNonNull(ColumnValues.instant(row, "started_at")),
        ColumnValues.instant(row, "ended_at"));
  }

  private static Job job(ResultSet row, int n) throws SQLException {
    return new Job(
        row.getObject("id", UUID.class),
        row.getObject("tenant_id", UUID.class),
        row.getString("slug"),
        row.getString("actor"),
        row.getString("filter"),
        state(row),
        row.getLong("done"),
        row.getLong("refused"),
        row.getObject("after_id", UUID.class),
        pending(row));
  }

  @Override
  public void keep(Job job) {
    boolean ended = job.state() != State.RUNNING;
    jdbc.sql(
            """
            update enrolment
               set state = ?, done = ?, refused = ?, after_id = ?, pending = ?::uuid[],
                   filter = case when ? then null else filter end,
                   ended_at = case when ? then now() end
             where id = ?
            """)
        .param(job.state().word())
        .param(job.done())
        .param(job.refused())
        .param(job.after())
        .param(array("uuid", job.pending(), it -> it))
        .param(ended)
        .param(ended)
        .param(job.id())
        .update();
  }

  @Override
  public void forget() {
    RetentionDelete.delete(jdbc, "enrolment", "ended_at < now() - interval '90 days'");
  }
}
