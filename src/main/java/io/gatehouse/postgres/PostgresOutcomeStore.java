package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.OutcomeCodec;
import io.gatehouse.command.WrittenResponses;
import io.gatehouse.directory.FoldResult;
import io.gatehouse.directory.OutcomeStore;
import io.gatehouse.scim.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Claims and outcomes in {@code command_outcome}. */
final class PostgresOutcomeStore implements OutcomeStore {

  private final JdbcClient jdbc;
  private final PostgresClaims claims;

  PostgresOutcomeStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.claims = new PostgresClaims(jdbc);
  }

  @Override
  public Claim unclaimed(List<Envelope> batch) {
    return claims.unclaimed(batch);
  }

  @Override
  public Claim claim(List<Envelope> batch) {
    return claims.claim(batch);
  }

  @Override
  public Instant begin(UUID tenant) {
    return jdbc.sql("select now(), set_config('gatehouse.tenants', ?, true)")
        .param(tenant.toString())
        .query((row, n) -> row.getTimestamp(1).toInstant())
        .single();
  }

  /** Inserts each row with its outcome; an update would write it, and its index entries, twice. */
  @Override
  public void add(List<FoldResult> results) {
    if (results.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into command_outcome (command_id, tenant_id, connection_id, target, fingerprint, instance, outcome)
            select command_id, tenant_id, connection_id, target, fingerprint, instance, outcome::jsonb
              from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[])
                   n (command_id, tenant_id, connection_id, target, fingerprint, instance, outcome)
            """)
        .param(array("uuid", results, it -> it.envelope().id().value()))
        .param(array("uuid", results, it -> it.envelope().caller().tenant()))
        .param(array("uuid", results, it -> it.envelope().caller().connection()))
        .param(array("uuid", results, PostgresOutcomeStore::target))
        .param(array("text", results, it -> it.envelope().trace().fingerprint()))
        .param(array("text", results, it -> it.envelope().trace().instance()))
        .param(array("text", results, it -> Json.text(OutcomeCodec.encode(it.outcome()))))
        .update();
  }

  /** The resource of the outcome, which may be another one than the command has named. */
  private static UUID target(FoldResult result) {
    if (result.outcome() instanceof Outcome.Created created) {
      return created.resource().id();
    }
    return result.outcome() instanceof Outcome.Updated updated
        ? updated.resource().id()
        : result.envelope().command().target();
  }

  @Override
  public void record(Map<CommandId, Outcome> outcomes) {
    if (outcomes.isEmpty()) {
      return;
    }
    var rows = outcomes.entrySet();
    jdbc.sql(
            """
            update command_outcome c
               set outcome = n.outcome::jsonb,
                   target = coalesce((n.outcome::jsonb #>> '{resource,id}')::uuid, c.target)
              from unnest(?::uuid[], ?::text[]) n (command_id, outcome)
             where c.command_id = n.command_id
            """)
        .param(array("uuid", rows, it -> it.getKey().value()))
        .param(array("text", rows, it -> Json.text(OutcomeCodec.encode(it.getValue()))))
        .update();
  }

  @Override
  public Map<String, Outcome> unheard(Collection<String> fingerprints) {
    Map<String, Outcome> unheard = new HashMap<>();
    jdbc.sql(
            """
            select c.fingerprint, c.outcome::text
              from (select distinct on (fingerprint) *
                      from command_outcome
                     where fingerprint = any(?::text[])
                       and created_at > now() - interval '10 minutes'
                       and (outcome ->> 'status')::int < 300
                     order by fingerprint, created_at desc, command_id desc) c
              left join instance i on i.id = c.instance
             where (exists (select from unanswered_command u where u.command_id = c.command_id)
                    or (i.seen_at > now() - interval '10 seconds') is not true
                       and (c.command_id <= i.heard_until and c.command_id <> all (i.unheard)) is not true)
               and case (c.outcome ->> 'status')::int
                   when 204 then not exists (select from person p where p.tenant_id = c.tenant_id and p.id = c.target
                                                and p.deleted_at is null)
                                 and not exists (select from person_group g where g.tenant_id = c.tenant_id and g.id = c.target)
                   else exists (select from person p where p.tenant_id = c.tenant_id and p.id = c.target
                                   and p.connection_id = c.connection_id and p.deleted_at is null
                                   and p.version = (c.outcome #>> '{resource,version}')::bigint)
                        or exists (select from person_group g where g.tenant_id = c.tenant_id and g.id = c.target
                                      and g.version = (c.outcome #>> '{resource,version}')::bigint)
                   end
            """)
        .param(array("text", fingerprints, it -> it))
        .query(
            row -> {
              unheard.put(row.getString(1), OutcomeCodec.decode(row.getString(2)));
            });
    return unheard;
  }

  /**
   * Records without waiting for the disk: after a loss, it is only unknown which answers were
   * written.
   */
  @Override
  public void recordWritten(String instance, WrittenResponses.Known known) {
    jdbc.sql(
            """
            with hasty as materialized (select set_config('synchronous_commit', 'off', true)),
                 lost as (
                insert into unanswered_command (command_id)
                select unnest(?::uuid[])
                on conflict do nothing
            )
            insert into instance (id, heard_until, unheard)
            select ?, ?::uuid, ?::uuid[] from hasty
            on conflict (id) do update set heard_until = excluded.heard_until, unheard = excluded.unheard
            """)
        .param(array("uuid", known.lost(), CommandId::value))
        .param(instance)
        .param(known.until() == null ? null : known.until().value())
        .param(array("uuid", known.open(), CommandId::value))
        .update();
  }

  @Override
  public int alive(String instance) {
    jdbc.sql(
            """
            insert into instance (id) values (?)
            on conflict (id) do update set seen_at = now()
            """)
        .param(instance)
        .update();
    jdbc.sql("delete from instance where seen_at < now() - interval '1 day'").update();
    jdbc.sql("delete from unanswered_command where at < now() - interval '1 day'").update();
    return jdbc.sql("select count(*) from instance where seen_at > now() - interval '10 seconds'")
        .query(Integer.class)
        .single();
  }

  @Override
  public void ended(String instance) {
    jdbc.sql("update instance set seen_at = now() - interval '10 seconds' where id = ?")
        .param(instance)
        .update();
  }

  /**
   * Updates the row of this instance; a read-only database refuses this even without such a row.
   */
  @Override
  public void touch(String instance) {
    jdbc.sql("update instance set seen_at = seen_at where id = ?").param(instance).update();
  }

  @Override
  public void forget() {
    RetentionDelete.delete(jdbc, "command_outcome", "created_at < now() - interval '30 days'");
  }

  @Override
  public Map<CommandId, Outcome> stored(Collection<CommandId> ids) {
    Map<CommandId, Outcome> stored = new HashMap<>();
    jdbc.sql(
            """
            select command_id, outcome::text
              from command_outcome
             where command_id = any(?::uuid[]) and outcome is not null
            """)
        .param(array("uuid", ids, CommandId::value))
        .query(
            row -> {
              stored.put(
                  new CommandId(row.getObject(1, UUID.class)),
                  OutcomeCodec.decode(row.getString(2)));
            });
    return stored;
  }
}
