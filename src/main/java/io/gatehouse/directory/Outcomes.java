package io.gatehouse.directory;

import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Outcome;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The memory of what was applied, which makes a second delivery harmless. */
public interface Outcomes {

  /**
   * Claims commands for this transaction.
   *
   * @param fresh those that nobody has claimed before
   * @param now the store's time, which is the fold's clock
   */
  record Claim(Set<CommandId> fresh, Instant now) {}

  Claim claim(List<Envelope> batch);

  void record(Map<CommandId, Outcome> outcomes);

  /**
   * What was answered to earlier calls with these fingerprints, in the last ten minutes, but never
   * heard: the call had timed out, or the instance that served it has ended.
   */
  Map<String, Outcome> unheard(Collection<String> fingerprints);

  /** Remembers that a call was given up on before its outcome came. */
  void timedOut(CommandId id);

  /** Remembers that an instance is alive, and forgets those that have not been for a day. */
  void alive(String instance);

  /** Writes and changes nothing: whether the store can be written to at all. */
  void touch(String instance);

  /** The stored outcomes of those commands that have one. */
  Map<CommandId, Outcome> stored(Collection<CommandId> ids);

  /** Forgets outcomes of a month ago: nobody asks for them, and no command is delivered so late. */
  void forget();
}
