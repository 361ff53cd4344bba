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

  /** The stored outcomes of those commands that have one. */
  Map<CommandId, Outcome> stored(Collection<CommandId> ids);
}
