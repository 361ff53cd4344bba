package io.gatehouse.directory;

import io.gatehouse.command.CommandId;
import java.util.Collection;
import java.util.Map;

/**
 * Which commands a process has begun with that it may not survive. Only those are written down that
 * an earlier process has left behind, and outside of the transaction in which they are applied.
 */
public interface CommandAttempts {

  /**
   * How many processes have begun with these and not ended them; those that none has are absent.
   */
  Map<CommandId, Integer> begun(Collection<CommandId> ids);

  /** Counts this process too. */
  void begin(Collection<CommandId> ids);

  /** Forgets those that are applied. */
  void end(Collection<CommandId> ids);
}
