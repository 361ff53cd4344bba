package io.gatehouse.directory;

import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Commands that were accepted before this process began. One of them may be the reason why an
 * earlier process ended, so it is written down which are begun with, once for each process. What
 * was accepted since costs nothing here.
 */
final class RecoveredCommands {

  /** Nobody is so unlucky as to be there this often when a process ends for another reason. */
  private static final int PROCESSES = 4;

  private final CommandAttempts attempts;
  private final Instant started;

  /** By how many processes those were begun with before this one that this one has looked up. */
  private final Map<CommandId, Integer> earlier = new ConcurrentHashMap<>();

  RecoveredCommands(CommandAttempts attempts, Instant started) {
    this.attempts = attempts;
    this.started = started;
  }

  /** Those of a batch that an earlier process has left behind. */
  List<CommandId> of(List<Envelope> batch) {
    return batch.stream()
        .filter(it -> it.trace().acceptedAt().isBefore(started))
        .map(Envelope::id)
        .toList();
  }

  /** Looks up which of them have been begun with before; whether any has. */
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

  /** Begins with one command alone; false when it has ended too many processes already. */
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

  /** All of them are applied. */
  void end(List<CommandId> left) {
    attempts.end(left);
    left.forEach(earlier::remove);
  }
}
