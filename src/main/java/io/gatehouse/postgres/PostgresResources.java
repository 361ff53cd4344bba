package io.gatehouse.postgres;

import static io.gatehouse.postgres.Columns.array;

import io.gatehouse.command.Caller;
import io.gatehouse.directory.Resources;
import io.gatehouse.directory.Roster;
import io.gatehouse.directory.Rules;
import io.gatehouse.directory.Selection;
import io.gatehouse.directory.State;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** People and groups in their tables. */
final class PostgresResources implements Resources {

  private final JdbcClient jdbc;
  private final PostgresPeople people;
  private final PostgresGroups groups;
  private final PostgresBrakes brakes;
  private final PostgresConflicts conflicts;

  PostgresResources(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.people = new PostgresPeople(jdbc);
    this.groups = new PostgresGroups(jdbc);
    this.brakes = new PostgresBrakes(jdbc);
    this.conflicts = new PostgresConflicts(jdbc);
  }

  @Override
  public State load(Selection selection) {
    lock(selection);
    Roster roster = new Roster(people.load(selection));
    List<Caller> arriving =
        selection.arriving().stream()
            .filter(
                it -> selection.isReleasing() || roster.hasStrangers(it) || roster.hasInactive(it))
            .toList();
    Rules rules =
        new Rules(
            selection.tenants().isEmpty()
                ? Map.of()
                : PostgresCatalogues.rules(jdbc, selection.tenants()),
            brakes.load(selection),
            conflicts.unlinked(arriving));
    return new State(
        roster, groups.load(selection.groups()), rules, conflicts.load(arriving, selection));
  }

  /**
   * In one order for all, together with other batches what each goes by: so that two batches cannot
   * wait for each other in a circle.
   */
  private void lock(Selection selection) {
    jdbc.sql(
            """
            select pg_advisory_xact_lock_shared(key)
              from (select distinct hashtextextended(name, 0) as key from unnest(?::text[]) name order by key) s
            union all
            select pg_advisory_xact_lock(key)
              from (select distinct hashtextextended(name, 0) as key from unnest(?::text[]) name order by key) k
            """)
        .param(array("text", selection.tenants(), PostgresCatalogues::lock))
        .param(array("text", selection.lockKeys(), key -> key))
        .query(row -> {});
  }

  @Override
  public void save(State state) {
    people.save(state.people().changed());
    groups.save(state.groups());
    brakes.save(state.rules().brakes());
    conflicts.save(state.conflicts());
  }
}
