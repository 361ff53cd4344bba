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

/** The memory of what was applied, which makes a second delivery harmless. */
public interface OutcomeStore {

  /**
   * Claims commands for this transaction.
   *
   * @param fresh those that nobody has claimed before
   * @param gone connections of the batch that have been removed since
   * @param now the store's time, which is the fold's clock
   */
  record Claim(Set<CommandId> fresh, Set<UUID> gone, Instant now) {

    /** The fresh ones of a batch, each once, in its order. */
    Collection<Envelope> freshOf(List<Envelope> batch) {
      Map<CommandId, Envelope> first = new LinkedHashMap<>();
      batch.stream()
          .filter(it -> fresh.contains(it.id()))
          .forEach(it -> first.putIfAbsent(it.id(), it));
      return first.values();
    }

    /**
     * Whether a command may still be applied: what a connection asked for before it was removed is
     * not, but for its groups, which go with it.
     */
    boolean admits(Envelope envelope) {
      UUID connection = envelope.caller().connection();
      boolean leaves =
          envelope.command() instanceof Command.Delete
              && envelope.command().type() == ResourceType.GROUP;
      return connection == null || leaves || !gone.contains(connection);
    }
  }

  Claim claim(List<Envelope> batch);

  void record(Map<CommandId, Outcome> outcomes);

  /**
   * What was last answered to earlier calls with these fingerprints, in the last ten minutes, if
   * that was never heard and is still true. Not heard: the call had timed out, the answer could not
   * be written, or the instance that served it has ended and has not said that it was. Still true:
   * the resource has the version, or the absence, that the answer tells.
   */
  Map<String, Outcome> unheard(Collection<String> fingerprints);

  /** Remembers which answers of an instance were written out. */
  void recordWritten(String instance, WrittenResponses.Known known);

  /** Remembers that an instance is alive, and forgets those that have not been for a day. */
  void alive(String instance);

  /** Writes and changes nothing: whether the store can be written to at all. */
  void touch(String instance);

  /** The stored outcomes of those commands that have one. */
  Map<CommandId, Outcome> stored(Collection<CommandId> ids);

  /** Forgets outcomes of a month ago: nobody asks for them, and no command is delivered so late. */
  void forget();
}
