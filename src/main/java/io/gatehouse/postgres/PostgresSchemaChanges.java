package io.gatehouse.postgres;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.lifecycle.SchemaChanges;
import io.gatehouse.lifecycle.SchemaCleanups.Progress;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.SchemaNarrowing;
import io.gatehouse.scim.Schemas.Extension;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Definitions in {@code tenant_schema}, and their clean-up jobs in {@code schema_change}. */
final class PostgresSchemaChanges implements SchemaChanges {

  private static final String LOCK_TIMEOUT = "55P03";

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final AuditLog audit;
  private final SchemaDefinitions definitions;
  private final SchemaHolders holders;
  private final SchemaJobs jobs;

  PostgresSchemaChanges(JdbcClient jdbc, TransactionTemplate transactions, AuditLog audit) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.audit = audit;
    this.definitions = new SchemaDefinitions(jdbc);
    this.holders = new SchemaHolders(jdbc);
    this.jobs = new SchemaJobs(jdbc);
  }

  @Override
  public Verdict define(Wish wish, Extension after) {
    String urn = after.schema().urn();
    return changing(
        wish,
        urn,
        () -> {
          Optional<Extension> before = definitions.find(wish.tenant(), urn);
          if (before.filter(it -> !it.schema().urn().equals(urn)).isPresent()) {
            return Verdict.of(Kind.OTHER_SPELLING);
          }
          Change change = new Change(wish, "schema.define", narrowing(wish, before, after), after);
          return changed(change, () -> definitions.store(wish.tenant(), after));
        });
  }

  @Override
  public Verdict remove(Wish wish, String urn) {
    return changing(
        wish,
        urn,
        () ->
            definitions
                .find(wish.tenant(), urn)
                .map(SchemaNarrowing::deletion)
                .or(() -> jobs.failed(wish.tenant(), urn))
                .map(
                    end ->
                        changed(
                            new Change(wish, "schema.remove", end, null),
                            () -> definitions.delete(wish.tenant(), urn)))
                .orElse(Verdict.of(Kind.NONE)));
  }

  /**
   * The narrowing of a change. Without an earlier definition, values may have been stored
   * unchanged; after a failed job, invalid values may be left.
   */
  private SchemaNarrowing narrowing(Wish wish, Optional<Extension> before, Extension after) {
    return before.isEmpty() || jobs.failed(wish.tenant(), after.schema().urn()).isPresent()
        ? SchemaNarrowing.unknown(before, after)
        : SchemaNarrowing.between(before.get(), after);
  }

  /**
   * One change of a definition.
   *
   * @param after null when the definition is deleted
   */
  private record Change(
      Wish wish, String action, SchemaNarrowing narrowing, @Nullable Extension after) {
    UUID tenant() {
      return wish.tenant();
    }
  }

  /**
   * Runs the changes of one tenant one after the other; commands continue while values are counted.
   */
  private Verdict changing(Wish wish, String urn, Supplier<Verdict> work) {
    try {
      return Objects.requireNonNull(
          transactions.execute(
              status -> {
                AdvisoryLock.take(jdbc, "schema definitions/" + wish.tenant());
                Optional<UUID> running = jobs.running(wish.tenant(), urn);
                return running.isPresent()
                    ? new Verdict(Kind.RUNNING, Optional.empty(), running)
                    : work.get();
              }));
    } catch (DataAccessException e) {
      String state = PostgresUnitOfWork.state(e);
      if (LOCK_TIMEOUT.equals(state) || PostgresUnitOfWork.STATEMENT_TIMEOUT.equals(state)) {
        return Verdict.of(Kind.BUSY);
      }
      throw e;
    }
  }

  private Verdict changed(Change change, Runnable store) {
    SchemaNarrowing schemaNarrowing = change.narrowing();
    if (schemaNarrowing.isEmpty()) {
      store.run();
      tell(change, Optional.empty(), Optional.empty());
      return Verdict.of(Kind.DONE);
    }
    Held lacking = holders.lacking(change.tenant(), schemaNarrowing);
    if (lacking.count() > 0 && !change.wish().force()) {
      return new Verdict(Kind.LACKING, Optional.of(lacking), Optional.empty());
    }
    Held held = held(change);
    if (held.count() == 0 || change.wish().force()) {
      keepCommandsOut(change.tenant());
    }
    if (held.count() == 0) {
      held = held(change);
    }
    if (held.count() > 0 && !change.wish().force()) {
      return new Verdict(Kind.HELD, Optional.of(held), Optional.empty());
    }
    store.run();
    return begun(change, held);
  }

  private Held held(Change change) {
    Extension after = change.after();
    return after != null && change.narrowing().unknown()
        ? holders.unfit(change.tenant(), after)
        : holders.values(change.tenant(), change.narrowing());
  }

  /**
   * Begins a job. A job without values to drop is kept too, because a late write must not bring
   * values back. A new definition needs no such job, because no client has fetched values of it.
   */
  private Verdict begun(Change change, Held held) {
    boolean again = jobs.forgetFailed(change.tenant(), change.narrowing());
    Optional<UUID> job = Optional.empty();
    if (held.count() > 0 || again || !change.narrowing().unknown()) {
      job = Optional.of(jobs.begin(change.wish(), change.narrowing(), held));
    }
    if (held.count() == 0) {
      tell(change, Optional.of(held), Optional.empty());
      return Verdict.of(Kind.DONE);
    }
    tell(change, Optional.of(held), job);
    return new Verdict(Kind.BEGUN, Optional.of(held), job);
  }

  /**
   * Waits until all commands that use the old definition are applied; new commands read the new
   * one. The wait is short, because new commands wait meanwhile.
   */
  private void keepCommandsOut(UUID tenant) {
    jdbc.sql("set local lock_timeout = '1s'").update();
    AdvisoryLock.take(jdbc, PostgresTenantSchemas.lock(tenant));
  }

  private void tell(Change change, Optional<Held> held, Optional<UUID> job) {
    ObjectNode detail = Json.object();
    ObjectNode schema = detail.putObject("schema").put("urn", change.narrowing().urn());
    held.ifPresent(
        it ->
            schema
                .put("users", it.users())
                .put("groups", it.groups())
                .put("more", it.more())
                .put("force", change.wish().force()));
    job.ifPresent(it -> schema.put("job", it.toString()));
    Wish wish = change.wish();
    audit.append(new AuditLog.Act(wish.tenant(), null, wish.actor(), change.action()), detail);
  }

  @Override
  public Optional<Progress> find(UUID tenant, UUID id) {
    return jobs.find(tenant, id);
  }

  @Override
  public List<Progress> latest(UUID tenant, int limit) {
    return jobs.latest(tenant, limit);
  }
}
