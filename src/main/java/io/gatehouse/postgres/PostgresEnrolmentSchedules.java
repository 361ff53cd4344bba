package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.time;

import io.gatehouse.lifecycle.EnrolmentSchedules;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Schedules in {@code tenant}. */
final class PostgresEnrolmentSchedules implements EnrolmentSchedules {

  private final JdbcClient jdbc;

  PostgresEnrolmentSchedules(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<Schedule> of(UUID tenant) {
    return jdbc.sql(
            """
            select enrolment_cron, coalesce(settings ->> 'timeZone', 'UTC'), enrolment_at
              from tenant
             where id = ? and enrolment_cron is not null
            """)
        .param(tenant)
        .query(
            (row, n) ->
                new Schedule(
                    row.getString(1),
                    ZoneId.of(row.getString(2)),
                    Objects.requireNonNull(ColumnValues.instant(row, "enrolment_at"))))
        .optional();
  }

  @Override
  public Instant now() {
    return jdbc.sql("select now()").query((row, n) -> row.getTimestamp(1).toInstant()).single();
  }

  @Override
  public void set(UUID tenant, String cron, Instant next) {
    jdbc.sql("update tenant set enrolment_cron = ?, enrolment_at = ? where id = ?")
        .param(cron)
        .param(time(next))
        .param(tenant)
        .update();
  }

  @Override
  public boolean remove(UUID tenant) {
    return 1
        == jdbc.sql(
                """
                update tenant set enrolment_cron = null, enrolment_at = null
                 where id = ? and enrolment_cron is not null
                """)
            .param(tenant)
            .update();
  }

  @Override
  public List<UUID> due() {
    return jdbc.sql("select id from tenant where enrolment_at <= now() order by enrolment_at")
        .query(UUID.class)
        .list();
  }

  @Override
  public Optional<Run> lock(UUID tenant) {
    return jdbc.sql(
            """
            select id, slug, enrolment_cron, coalesce(settings ->> 'timeZone', 'UTC') as zone, now() as now
              from tenant
             where id = ? and enrolment_at <= now()
               for no key update skip locked
            """)
        .param(tenant)
        .query(PostgresEnrolmentSchedules::run)
        .optional();
  }

  private static Run run(ResultSet row, int n) throws SQLException {
    return new Run(
        row.getObject("id", UUID.class),
        row.getString("slug"),
        row.getString("enrolment_cron"),
        ZoneId.of(row.getString("zone")),
        Objects.requireNonNull(ColumnValues.instant(row, "now")));
  }
}
