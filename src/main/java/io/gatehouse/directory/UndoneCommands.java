package io.gatehouse.directory;

import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Outcome;
import io.gatehouse.store.UnitOfWork;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Applies commands with everything that {@link Directory} saves and logs, and rolls it back. No
 * other session of the store sees any of it, also when the process ends meanwhile. {@link
 * Rehearsal} saves nothing, and shows more.
 */
public final class UndoneCommands {

  private final UnitOfWork unit;
  private final Directory directory;

  public UndoneCommands(UnitOfWork unit, Directory directory) {
    this.unit = unit;
    this.directory = directory;
  }

  /**
   * Applies commands that follow each other, each as a batch of its own, in one transaction.
   *
   * @param before makes what has to be there for them, as the first step of the transaction
   * @throws io.gatehouse.store.StoreUnavailableException when the store is unavailable
   */
  public Map<CommandId, Outcome> apply(Runnable before, List<Envelope> commands) {
    Map<CommandId, Outcome> outcomes = new HashMap<>();
    try {
      return unit.inTransaction(
          () -> {
            before.run();
            commands.forEach(it -> outcomes.putAll(directory.applyTogether(List.of(it))));
            throw new Undone();
          });
    } catch (Undone e) {
      return outcomes;
    }
  }

  /** Rolls the transaction back. */
  private static final class Undone extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Undone() {
      super(null, null, false, false);
    }
  }
}
