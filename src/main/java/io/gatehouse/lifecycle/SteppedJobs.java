package io.gatehouse.lifecycle;

import io.gatehouse.command.CommandId;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Jobs that send commands, step by step, and survive the gateway that began them.
 *
 * @param <J> a job between two steps
 */
public interface SteppedJobs<J> {

  /** Where a job is. */
  enum State {
    RUNNING,
    DONE,
    /** Some of it could not be done, or what it asks for cannot be read any more. */
    FAILED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The running jobs, the oldest first. */
  List<UUID> running();

  /**
   * A running job, locked until the transaction ends; empty when it has ended, or when another
   * instance of the gateway has locked it.
   */
  Optional<J> lock(UUID job);

  /** Keeps how far a locked job is. */
  void keep(J job);

  /** The HTTP status of the outcome of those commands that have been applied. */
  Map<CommandId, Integer> answered(Collection<CommandId> commands);

  /** The id of the command of a job for one user or group: the same in a step that is repeated. */
  static CommandId command(UUID job, UUID resource) {
    byte[] name = (job + " " + resource).getBytes(StandardCharsets.UTF_8);
    return new CommandId(UUID.nameUUIDFromBytes(name));
  }
}
