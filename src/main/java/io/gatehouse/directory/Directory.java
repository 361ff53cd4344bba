package io.gatehouse.directory;

import io.gatehouse.audit.AuditEntry;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.change.ChangeLog;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.LogScope;
import io.gatehouse.command.Outcome;
import io.gatehouse.scim.ScimError;
import io.gatehouse.store.SessionLostException;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.store.UnitOfWork;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies commands: claims, loads, folds, stores and records them in one transaction, in a number
 * of statements that does not depend on the size of the batch.
 */
public final class Directory {

  private static final Logger LOG = LoggerFactory.getLogger(Directory.class);
  private static final int ATTEMPTS = 5;

  /** The limit of lost sessions is lower, because each may last as long as a session may. */
  private static final int SESSIONS = 3;

  /** The answer to a redelivered command whose stored outcome has been deleted or erased. */
  private static final Outcome FORGOTTEN =
      new Outcome.Refused(ScimError.notFound("The outcome of this command is no longer kept."));

  private final UnitOfWork unit;
  private final Stores stores;
  private final RecoveredCommands recovered;

  /**
   * Starts with the commands that an earlier process may have left behind.
   *
   * @param started when this process began
   */
  public Directory(UnitOfWork unit, Stores stores, CommandAttempts attempts, Instant started) {
    this.unit = unit;
    this.stores = stores;
    this.recovered = new RecoveredCommands(attempts, started);
  }

  /** A command and its outcome. */
  public record Applied(Envelope envelope, Outcome outcome) {}

  /** The stores that a batch reads and writes. */
  public record Stores(
      OutcomeStore outcomes,
      ResourceStore resources,
      ChangeLog changes,
      AuditLog audit,
      Erasure erasure,
      Parking parking) {

    /** Stores the changes to announce and the audit entries of the commands. */
    void log(List<FoldResult> steps) {
      changes.append(steps.stream().map(FoldResult::change).flatMap(Optional::stream).toList());
      audit.append(
          steps.stream()
              .filter(it -> it.change().isPresent() || it.isWorthKeeping())
              .map(it -> new AuditEntry(it.envelope(), it.outcome(), it.change()))
              .toList());
    }
  }

  /**
   * Applies a batch. When it returns, every outcome is committed.
   *
   * @param batch in the order of acceptance
   * @return each command with its outcome; with the stored one if it was applied before
   * @throws StoreUnavailableException when the store is unavailable; uncommitted commands must be
   *     delivered again
   */
  public List<Applied> apply(List<Envelope> batch) {
    List<Envelope> probes = batch.stream().filter(Envelope::isProbe).toList();
    List<Envelope> commands = batch.stream().filter(it -> !it.isProbe()).toList();
    Map<CommandId, Outcome> outcomes = new HashMap<>();
    if (!commands.isEmpty()) {
      List<CommandId> left = recovered.of(commands);
      outcomes.putAll(left.isEmpty() ? outcomes(commands) : leftBehind(commands, left));
    }
    outcomes.putAll(probed(probes, commands.isEmpty()));
    return batch.stream()
        .filter(it -> !it.isProbe() || outcomes.containsKey(it.id()))
        .map(it -> new Applied(it, outcomes.getOrDefault(it.id(), FORGOTTEN)))
        .toList();
  }

  /**
   * Without commands in the batch, probes are delivered again while the store is unavailable. With
   * commands, a failed probe stays unanswered, so that it does not hold back commands that are
   * committed.
   */
  private Map<CommandId, Outcome> probed(List<Envelope> probes, boolean alone) {
    Map<CommandId, Outcome> outcomes = new HashMap<>();
    for (String instance : probes.stream().map(it -> it.trace().instance()).distinct().toList()) {
      try {
        unit.inTransaction(
            () -> {
              stores.outcomes().touch(instance);
              return instance;
            });
        probes.stream()
            .filter(it -> it.trace().instance().equals(instance))
            .forEach(it -> outcomes.put(it.id(), new Outcome.Deleted(it.command().target())));
      } catch (RuntimeException e) {
        if (alone && e instanceof StoreUnavailableException) {
          throw e;
        }
        LOG.debug("A probe of the instance {} failed", instance, e);
      }
    }
    return outcomes;
  }

  private Map<CommandId, Outcome> outcomes(List<Envelope> batch) {
    try {
      return unit.inTransaction(() -> computed(batch));
    } catch (RuntimeException e) {
      StoreUnavailableException.rethrow(e);
      LOG.warn("A batch of {} failed and is applied one by one", batch.size(), e);
      Map<CommandId, Outcome> outcomes = new HashMap<>();
      batch.forEach(it -> outcomes.putAll(applyAlone(it)));
      return outcomes;
    }
  }

  /** Applies suspects alone, and refuses a command that has ended too many processes. */
  private Map<CommandId, Outcome> leftBehind(List<Envelope> batch, List<CommandId> left) {
    Map<CommandId, Outcome> outcomes =
        recovered.isSuspect(left) ? applySuspects(batch, Set.copyOf(left)) : outcomes(batch);
    recovered.end(left);
    return outcomes;
  }

  private Map<CommandId, Outcome> applySuspects(List<Envelope> batch, Set<CommandId> left) {
    Map<CommandId, Outcome> outcomes = new HashMap<>();
    for (Envelope it : batch) {
      boolean admitted = !left.contains(it.id()) || recovered.admits(it.id());
      outcomes.putAll(admitted ? applyAlone(it) : broken(it));
    }
    return outcomes;
  }

  /** A stack overflow is a failure of the command, like any other one. */
  private Map<CommandId, Outcome> computed(List<Envelope> batch) {
    try {
      return applyTogether(batch);
    } catch (StackOverflowError e) {
      throw new IllegalStateException("A command is nested too deeply", e);
    }
  }

  private Map<CommandId, Outcome> applyTogether(List<Envelope> batch) {
    OutcomeStore.Claim claim = stores.outcomes().unclaimed(batch);
    Collection<Envelope> commands = claim.freshOf(batch);
    List<Envelope> admitted = commands.stream().filter(claim::admits).toList();
    BatchState state = stores.resources().load(BatchKeys.of(admitted));
    BatchParking bays = new BatchParking(stores.parking(), admitted);
    List<FoldResult> steps =
        commands.stream()
            .map(
                it ->
                    claim.admits(it)
                        ? bays.apply(it, unparked -> Fold.apply(state, unparked, claim.now()))
                        : FoldResult.ofARemovedConnection(it))
            .toList();
    stores.resources().save(state);
    stores.outcomes().add(steps);
    Map<CommandId, Outcome> outcomes = logged(batch, steps);
    stores.erasure().erase(state.people().erased());
    outcomes.replaceAll((id, outcome) -> state.people().withGroups(outcome));
    return outcomes;
  }

  /** Logs the results whose outcomes are stored, and adds the outcomes of repeated commands. */
  private Map<CommandId, Outcome> logged(List<Envelope> batch, List<FoldResult> folded) {
    List<FoldResult> steps = new RepeatedRequests(stores.outcomes()).answer(folded);
    stores.log(steps);
    Map<CommandId, Outcome> outcomes = byId(steps);
    List<CommandId> repeated =
        batch.stream().map(Envelope::id).filter(id -> !outcomes.containsKey(id)).toList();
    if (!repeated.isEmpty()) {
      outcomes.putAll(stores.outcomes().stored(repeated));
    }
    return outcomes;
  }

  private static Map<CommandId, Outcome> byId(List<FoldResult> steps) {
    Map<CommandId, Outcome> outcomes = new HashMap<>();
    steps.forEach(result -> outcomes.put(result.envelope().id(), result.outcome()));
    return outcomes;
  }

  /**
   * Applies one command. After repeated failures it is answered and recorded; a command without a
   * waiting caller is also parked.
   */
  private Map<CommandId, Outcome> applyAlone(Envelope envelope) {
    int sessions = 0;
    for (int attempt = 1; attempt < ATTEMPTS && sessions < SESSIONS; attempt++) {
      try {
        return unit.inTransaction(() -> computed(List.of(envelope)));
      } catch (RuntimeException e) {
        StoreUnavailableException.rethrow(e);
        sessions += e instanceof SessionLostException ? 1 : 0;
        try (LogScope log = LogScope.of(envelope)) {
          LOG.warn("Command {} failed, attempt {}", envelope.id(), attempt, e);
        }
      }
    }
    return broken(envelope);
  }

  private Map<CommandId, Outcome> broken(Envelope envelope) {
    try (LogScope log = LogScope.of(envelope)) {
      LOG.error("Command {} keeps failing and is answered with 500", envelope.id());
    }
    return unit.inTransaction(() -> recordBroken(envelope));
  }

  private Map<CommandId, Outcome> recordBroken(Envelope envelope) {
    OutcomeStore.Claim claim = stores.outcomes().claim(List.of(envelope));
    Outcome broken =
        new Outcome.Refused(
            new ScimError(500, null, "The command cannot be applied; it is recorded."));
    List<FoldResult> steps =
        claim.fresh().isEmpty()
            ? List.of()
            : List.of(new FoldResult(envelope, broken, Optional.empty()));
    if (envelope.isUnattended() && !steps.isEmpty()) {
      stores.parking().park(envelope, Parking.Cause.BROKEN);
    }
    stores.outcomes().record(byId(steps));
    return logged(List.of(envelope), steps);
  }
}
