package io.gatehouse.postgres;

import io.gatehouse.change.Compaction;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compacts {@code change}. The position is in {@code feed}: up to it, the changes that a later
 * change of the same resource supersedes are deleted.
 */
final class PostgresCompaction implements Compaction.Log {

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  PostgresCompaction(JdbcClient jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  @Override
  public boolean compact(Duration retention, int limit) {
    return Boolean.TRUE.equals(
        transactions.execute(
            status ->
                unlessAnotherDoes()
                    .map(from -> compact(from, until(from, retention, limit)))
                    .orElse(false)));
  }

  private boolean compact(long from, long until) {
    if (until <= from) {
      return false;
    }
    dropBefore(from, until);
    jdbc.sql("update feed set sequence = ? where name = 'compacted'").param(until).update();
    return true;
  }

  private Optional<Long> unlessAnotherDoes() {
    return jdbc.sql("select sequence from feed where name = 'compacted' for update skip locked")
        .query(Long.class)
        .optional();
  }

  /** The end of the next step: the first change that is too young, or the position of a replay. */
  private long until(long from, Duration retention, int limit) {
    return jdbc.sql(
            """
            with next as (
                select sequence, published_at < now() - make_interval(secs => :retention) as old
                  from change
                 where sequence > :from
                 order by sequence
                 limit :limit
            ), aged as (
                select coalesce(min(sequence) filter (where not old) - 1, max(sequence), 0) as until from next
            )
            select least(until, (select min(position::bigint) from catch_up where stage = 'LOG')) from aged
            """)
        .param("retention", retention.toSeconds())
        .param("from", from)
        .param("limit", limit)
        .query(Long.class)
        .single();
  }

  /**
   * Deletes superseded changes. A change of a group's members is kept until the group is deleted,
   * because no later state contains the members.
   */
  private void dropBefore(long from, long until) {
    jdbc.sql(
            """
            delete from change c
             using (select distinct on (tenant_id, resource_id) tenant_id, resource_id, version, type
                      from change
                     where sequence > :from and sequence <= :until
                     order by tenant_id, resource_id, version desc) n
             where c.tenant_id = n.tenant_id and c.resource_id = n.resource_id and c.version < n.version
               and c.sequence <= :until
               and (n.type = 'deleted' or not jsonb_exists(c.data, 'members'))
            """)
        .param("from", from)
        .param("until", until)
        .update();
  }
}
