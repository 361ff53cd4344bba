package io.gatehouse.directory;

import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.WrittenResponses;
import io.gatehouse.scim.ResourceType;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The stored outcomes of commands, which make a second delivery harmless. */
public interface OutcomeStore {

  /**
   * The result of claiming commands for this transaction.
   *
   * @param fresh commands that no earlier transaction has claimed
   * @param gone connections of the batch that have been removed since
   * @param now the store's time, which is the fold's clock
   */
  record Claim(Set<CommandId> fresh, Set<UUID> gone, Instant now) {

    /** The fresh commands of a batch, each once, in its order. */
    Collection<Envelope> freshOf(List<Envelope> batch) {
      Map<CommandId, Envelope> first = new LinkedHashMap<>();
      batch.stream()
          .filter(it -> fresh.contains(it.id()))
          .forEach(it -> first.putIfAbsent(it.id(), it));
      return first.values();
    }

    /**
     * Whether a command may still be applied. Commands of a removed connection may not, except on
     * its groups, which are deleted with it.
     */
    boolean admits(Envelope envelope) {
      UUID connection = envelope.caller().connection();
      boolean leaves =
          envelope.command() instanceof Command.Delete
              && envelope.command().type() == ResourceType.GROUP;
      return connection == null || leaves || !gone.contains(connection);
    }
  }

  /**
   * The commands of a batch that no earlier transaction has claimed. A rival transaction is noticed
   * only when {@link #add} stores the outcomes.
   */
  Claim unclaimed(List<Envelope> batch);

  /** Claims the commands of a batch at once: a rival transaction waits until this one has ended. */
  Claim claim(List<Envelope> batch);

  /**
   * The store's time, for a transaction that claims no command. From here on the transaction is for
   * this tenant only.
   */
  Instant begin(UUID tenant);

  /**
   * Claims commands and stores their outcomes.
   *
   * @throws RuntimeException when a rival transaction has claimed one of them meanwhile
   */
  void add(List<FoldResult> results);

  /** Stores the outcomes of claimed commands, in place of earlier ones. */
  void record(Map<CommandId, Outcome> outcomes);

  /**
   * The latest outcomes of earlier calls with these fingerprints within ten minutes, as far as they
   * were not received and are still true. Not received: the call had timed out, the answer could
   * not be written, or its instance has ended without recording that it was. Still true: the
   * resource has the version, or the absence, of the outcome.
   */
  Map<String, Outcome> unheard(Collection<String> fingerprints);

  /** Records which answers of an instance were written out. */
  void recordWritten(String instance, WrittenResponses.Known known);

  /**
   * Records that an instance is alive, and deletes instances that have not been alive for a day.
   *
   * @return the number of instances that have been alive within ten seconds
   */
  int alive(String instance);

  /** Records that an instance has ended, after what it has written out was recorded. */
  void ended(String instance);

  /** Performs a write without effect, to check whether the store accepts writes. */
  void touch(String instance);

  /** The stored outcomes of these commands, as far as there are any. */
  Map<CommandId, Outcome> stored(Collection<CommandId> ids);

  /**
   * Deletes outcomes after a month, when neither retries nor redeliveries of their commands occur
   * any more.
   */
  void forget();
}
