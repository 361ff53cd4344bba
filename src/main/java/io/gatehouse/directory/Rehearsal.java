package io.gatehouse.directory;

import io.gatehouse.change.Change;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Outcome;
import io.gatehouse.directory.Conflicts.Conflict;
import io.gatehouse.store.UnitOfWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Shows what commands would do now. It loads and folds as {@link Directory} does, saves nothing,
 * and rolls the transaction back.
 */
public final class Rehearsal {

  private final UnitOfWork unit;
  private final Directory.Stores stores;

  public Rehearsal(UnitOfWork unit, Directory.Stores stores) {
    this.unit = unit;
    this.stores = stores;
  }

  /**
   * The result that a command would have.
   *
   * @param envelope the command, without values of schemas that are gone
   * @param change what it would announce
   * @param conflicts what an administrator would have to decide
   */
  public record Result(
      Envelope envelope, Outcome outcome, Optional<Change> change, List<Conflict> conflicts) {}

  /**
   * Rehearses commands that follow each other.
   *
   * @throws io.gatehouse.store.LostRaceException when other commands hold the locks for too long
   * @throws io.gatehouse.store.StoreUnavailableException when the store is unavailable
   */
  public List<Result> of(List<Envelope> commands) {
    try {
      return unit.inTransaction(
          () -> {
            throw new Undone(folded(commands));
          });
    } catch (Undone e) {
      return e.results;
    }
  }

  private List<Result> folded(List<Envelope> commands) {
    OutcomeStore.Claim claim = stores.outcomes().unclaimed(commands);
    BatchState state = stores.resources().load(BatchKeys.of(commands));
    List<Result> results = new ArrayList<>();
    for (Envelope it : commands) {
      int known = state.conflicts().found().size();
      FoldResult folded =
          claim.admits(it)
              ? Fold.apply(state, it, claim.now())
              : FoldResult.ofARemovedConnection(it);
      List<Conflict> conflicts = List.copyOf(state.conflicts().found());
      results.add(
          new Result(
              folded.envelope(),
              folded.outcome(),
              folded.change(),
              conflicts.subList(known, conflicts.size())));
    }
    return results;
  }

  /** Rolls the transaction back. */
  private static final class Undone extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final transient List<Result> results;

    Undone(List<Result> results) {
      super(null, null, false, false);
      this.results = results;
    }
  }
}
