package io.gatehouse.directory;

import io.gatehouse.command.CommandId;
import java.util.Collection;
import java.util.Map;

/**
 * The commands that a process has started and may not survive. Only commands that an earlier
 * process has left behind are recorded, and outside of the transaction that applies them.
 */
public interface CommandAttempts {

  /**
   * Number of processes that have started each command and not finished it; commands that no
   * process has started are absent.
   */
  Map<CommandId, Integer> begun(Collection<CommandId> ids);

  /** Records that this process starts these commands. */
  void begin(Collection<CommandId> ids);

  /** Deletes the records of applied commands. */
  void end(Collection<CommandId> ids);
}
