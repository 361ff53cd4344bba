package io.gatehouse.directory;

import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Commands that were accepted before this process began. One of them may have ended an earlier
 * process, so the start of each is recorded once for each process. Commands accepted since then
 * cost nothing here.
 */
final class RecoveredCommands {

  /**
   * The limit of processes that a command may have ended. Other causes are unlikely to hit one
   * command this often.
   */
  private static final int PROCESSES = 4;

  private final CommandAttempts attempts;
  private final Instant started;

  /**
   * Number of earlier processes that started each command, for the commands that this process has
   * looked up.
   */
  private final Map<CommandId, Integer> earlier = new ConcurrentHashMap<>();

  RecoveredCommands(CommandAttempts attempts, Instant started) {
    this.attempts = attempts;
    this.started = started;
  }

  /** The commands of a batch that an earlier process has left behind. */
  List<CommandId> of(List<Envelope> batch) {
    return batch.stream()
        .filter(it -> it.trace().acceptedAt().isBefore(started))
        .map(Envelope::id)
        .toList();
  }

  /** Whether an earlier process has started any of these commands. */
  boolean isSuspect(List<CommandId> left) {
    List<CommandId> unknown = left.stream().filter(it -> !earlier.containsKey(it)).toList();
    if (!unknown.isEmpty()) {
      Map<CommandId, Integer> begun = attempts.begun(unknown);
      if (begun.isEmpty()) {
        begin(unknown, begun);
      } else {
        return true;
      }
    }
    return left.stream().anyMatch(it -> earlier.getOrDefault(it, 0) > 0);
  }

  /** Starts one command alone; false when it has ended too many processes already. */
  boolean admits(CommandId id) {
    if (!earlier.containsKey(id)) {
      begin(List.of(id), attempts.begun(List.of(id)));
    }
    return earlier.getOrDefault(id, 0) < PROCESSES;
  }

  private void begin(List<CommandId> ids, Map<CommandId, Integer> begun) {
    attempts.begin(ids);
    ids.forEach(it -> earlier.put(it, begun.getOrDefault(it, 0)));
  }

  /** Deletes the records of these commands, after all of them are applied. */
  void end(List<CommandId> left) {
    attempts.end(left);
    left.forEach(earlier::remove);
  }
}
