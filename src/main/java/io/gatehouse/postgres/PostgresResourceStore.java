package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import io.gatehouse.command.Caller;
import io.gatehouse.directory.BatchKeys;
import io.gatehouse.directory.BatchPeople;
import io.gatehouse.directory.BatchRules;
import io.gatehouse.directory.BatchState;
import io.gatehouse.directory.ResourceStore;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Loads and saves users and groups. */
final class PostgresResourceStore implements ResourceStore {

  private final JdbcClient jdbc;
  private final PostgresPeople people;
  private final PostgresGroups groups;
  private final PostgresBrakes brakes;
  private final PostgresConflicts conflicts;

  PostgresResourceStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.people = new PostgresPeople(jdbc);
    this.groups = new PostgresGroups(jdbc);
    this.brakes = new PostgresBrakes(jdbc);
    this.conflicts = new PostgresConflicts(jdbc);
  }

  @Override
  public BatchState load(BatchKeys keys) {
    lock(keys);
    BatchPeople roster = people.load(keys);
    List<Caller> arriving =
        keys.arriving().stream()
            .filter(it -> keys.isReleasing() || roster.hasStrangers(it) || roster.hasInactive(it))
            .toList();
    BatchRules rules =
        new BatchRules(
            keys.tenants().isEmpty() ? Map.of() : PostgresTenantSchemas.rules(jdbc, keys.tenants()),
            brakes.load(keys),
            conflicts.unlinked(arriving));
    return new BatchState(
        roster, groups.load(keys.groups()), rules, conflicts.load(arriving, keys));
  }

  /**
   * Takes the advisory locks of a batch in one global order, so that two batches cannot deadlock.
   * Locks on rules that a batch only reads are shared. The query for its users comes next, and is
   * prepared here: that saves a round trip.
   */
  private void lock(BatchKeys keys) {
    jdbc.sql(
            """
            select set_config(name, 'off', true) from unnest(?::text[]) name
            union all
            select pg_advisory_xact_lock_shared(key)::text
              from (select distinct hashtextextended(name, 0) as key from unnest(?::text[]) name order by key) s
            union all
            select pg_advisory_xact_lock(key)::text
              from (select distinct hashtextextended(name, 0) as key from unnest(?::text[]) name order by key) k
            """)
        .param(array("text", people.settings(keys), name -> name))
        .param(array("text", keys.tenants(), PostgresTenantSchemas::lock))
        .param(array("text", keys.lockKeys(), key -> key))
        .query(row -> {});
  }

  @Override
  public void save(BatchState state) {
    people.save(state.people().changed());
    groups.save(state.groups());
    brakes.save(state.rules().brakes());
    conflicts.save(state.conflicts());
  }
}
