package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import io.gatehouse.delivery.queue.FailedEventErasure;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Erased users whose events must be removed from the dead letters, in {@code dead_letter_sweep}.
 */
final class PostgresErasures implements FailedEventErasure.Erasures {

  private final JdbcClient jdbc;

  PostgresErasures(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<FailedEventErasure.Erased> due(int limit) {
    return jdbc.sql(
            """
            select t.id, t.slug, s.person_id
              from dead_letter_sweep s
              join tenant t on t.id = s.tenant_id
             where s.due_at <= now()
             order by s.due_at
             limit ?
               for update of s skip locked
            """)
        .param(limit)
        .query(
            (row, n) ->
                new FailedEventErasure.Erased(
                    row.getObject("id", UUID.class),
                    row.getString("slug"),
                    row.getObject("person_id", UUID.class)))
        .list();
  }

  /**
   * Records a sweep. It is repeated for 31 days after the erasure, until the last event that a
   * consumer may still reject has expired.
   */
  @Override
  public void swept(List<FailedEventErasure.Erased> swept) {
    jdbc.sql(
            """
            with n as (select * from unnest(?::uuid[], ?::uuid[]) as n (tenant_id, person_id)
            ), done as (
                delete from dead_letter_sweep s using n
                 where s.tenant_id = n.tenant_id and s.person_id = n.person_id
                   and s.erased_at < now() - interval '31 days'
            )
            update dead_letter_sweep s set due_at = now() + interval '1 hour'
              from n
             where s.tenant_id = n.tenant_id and s.person_id = n.person_id
               and s.erased_at >= now() - interval '31 days'
            """)
        .param(array("uuid", swept, FailedEventErasure.Erased::tenant))
        .param(array("uuid", swept, FailedEventErasure.Erased::id))
        .update();
  }
}
