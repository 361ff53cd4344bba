package io.gatehouse.postgres;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.lifecycle.SchemaChanges;
import io.gatehouse.lifecycle.SchemaCleanups.Progress;
import io.gatehouse.lifecycle.SchemaCleanups.State;
import io.gatehouse.scim.Catalogue.Extension;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Narrowing;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Definitions in {@code tenant_schema}, and what is left to do about them in {@code schema_change}.
 */
final class PostgresSchemaChanges implements SchemaChanges {

  private static final String LOCK_TIMEOUT = "55P03";

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final AuditLog audit;
  private final SchemaDefinitions definitions;
  private final SchemaHolders holders;

  PostgresSchemaChanges(JdbcClient jdbc, TransactionTemplate transactions, AuditLog audit) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.audit = audit;
    this.definitions = new SchemaDefinitions(jdbc);
    this.holders = new SchemaHolders(jdbc);
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
          Narrowing narrowing = before.map(it -> Narrowing.between(it, after)).orElse(null);
          Change change = new Change(wish, "schema.define", urn, narrowing);
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
                .map(
                    it -> {
                      String known = it.schema().urn();
                      Narrowing end = Narrowing.deletion(it);
                      return changed(
                          new Change(wish, "schema.remove", known, end),
                          () -> definitions.delete(wish.tenant(), urn));
                    })
                .orElse(Verdict.of(Kind.NONE)));
  }

  /**
   * One change of a definition.
   *
   * @param narrowing null when there was none before
   */
  private record Change(Wish wish, String action, String urn, @Nullable Narrowing narrowing) {
    boolean fits() {
      return narrowing == null || narrowing.isEmpty();
    }
  }

  /** Changes of one tenant one after the other; commands go on while values are counted. */
  private Verdict changing(Wish wish, String urn, Supplier<Verdict> work) {
    try {
      return Objects.requireNonNull(
          transactions.execute(
              status -> {
                jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))::text")
                    .param("schema definitions/" + wish.tenant())
                    .query(row -> {});
                Optional<UUID> running = running(wish.tenant(), urn);
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
    if (change.fits()) {
      store.run();
      tell(change, Optional.empty(), Optional.empty());
      return Verdict.of(Kind.DONE);
    }
    Narrowing narrowing = Objects.requireNonNull(change.narrowing());
    UUID tenant = change.wish().tenant();
    Held lacking = holders.lacking(tenant, narrowing);
    if (lacking.count() > 0 && !change.wish().force()) {
      return new Verdict(Kind.LACKING, Optional.of(lacking), Optional.empty());
    }
    Held held = holders.values(tenant, narrowing);
    if (held.count() == 0 || change.wish().force()) {
      keepCommandsOut(tenant);
    }
    if (held.count() == 0) {
      held = holders.values(tenant, narrowing);
    }
    if (held.count() > 0 && !change.wish().force()) {
      return new Verdict(Kind.HELD, Optional.of(held), Optional.empty());
    }
    store.run();
    UUID job = begin(change, narrowing, held);
    tell(change, Optional.of(held), held.count() == 0 ? Optional.empty() : Optional.of(job));
    return held.count() == 0
        ? Verdict.of(Kind.DONE)
        : new Verdict(Kind.BEGUN, Optional.of(held), Optional.of(job));
  }

  /**
   * Waits until all commands are applied that know the old definition; those that come read the new
   * one. Not for long, because they wait meanwhile.
   */
  private void keepCommandsOut(UUID tenant) {
    jdbc.sql("set local lock_timeout = '1s'").update();
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))::text")
        .param(PostgresCatalogues.lock(tenant))
        .query(row -> {});
  }

  /** A job that has nothing to do is kept all the same: what comes late must not bring values. */
  private UUID begin(Change change, Narrowing narrowing, Held held) {
    UUID id = UUID.randomUUID();
    boolean nothing = held.count() == 0;
    jdbc.sql(
            """
            insert into schema_change (id, tenant_id, urn, resource_type, actor, state, total, scanned, ended_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, case when ? then now() end)
            """)
        .params(id, change.wish().tenant(), change.urn(), narrowing.type().label())
        .param(change.wish().actor())
        .param((nothing ? State.DONE : State.RUNNING).word())
        .param(held.count())
        .param(nothing)
        .param(nothing)
        .update();
    return id;
  }

  private void tell(Change change, Optional<Held> held, Optional<UUID> job) {
    ObjectNode detail = Json.object();
    ObjectNode schema = detail.putObject("schema").put("urn", change.urn());
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

  private Optional<UUID> running(UUID tenant, String urn) {
    return jdbc.sql(
            """
            select id from schema_change
             where tenant_id = ? and lower(urn) = lower(?) and state = 'running'
            """)
        .params(tenant, urn)
        .query(UUID.class)
        .optional();
  }

  @Override
  public Optional<Progress> find(UUID tenant, UUID id) {
    return jdbc.sql("select * from schema_change where tenant_id = ? and id = ?")
        .params(tenant, id)
        .query(PostgresSchemaCleanups::progress)
        .optional();
  }

  @Override
  public List<Progress> latest(UUID tenant, int limit) {
    return jdbc.sql(
            """
            select * from schema_change
             where tenant_id = ? and total > 0
             order by started_at desc
             limit ?
            """)
        .params(tenant, limit)
        .query(PostgresSchemaCleanups::progress)
        .list();
  }
}
