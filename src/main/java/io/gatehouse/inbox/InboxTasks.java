package io.gatehouse.inbox;

import io.gatehouse.command.Caller;
import io.gatehouse.tenant.Connections.Connection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * The tasks of the inbox: of each subject one signal at a time, in the provider's order. A
 * deactivation or deletion does not wait for signals that must be fetched.
 */
public interface InboxTasks {

  /**
   * A signal that is being processed.
   *
   * @param id of its row
   * @param channel {@code webhook} or {@code poll}
   * @param attempts how often it was taken, this time included
   */
  record Task(long id, Connection connection, String channel, Signal signal, int attempts) {
    Caller caller() {
      return new Caller(
          connection.tenant(), connection.tenantSlug(), connection.id(), connection.idp());
    }
  }

  /**
   * Leases the next signals of some subjects for a minute. During the lease no other processor gets
   * them or later ones of their subjects.
   */
  List<Task> take(int limit);

  /**
   * Completes a task.
   *
   * @param remark why it had no effect; empty when it had one
   */
  void done(Task task, String remark);

  /** Puts a task back, with the reason. */
  void later(Task task, String problem, Duration wait);

  /**
   * The backlog of a connection.
   *
   * @param waiting how many are not turned into commands yet
   * @param problem why the oldest one waits; empty when no reason is known
   */
  record Standing(long waiting, String problem) {}

  Standing standing(UUID connection);

  /** Deletes the events that are older than a month: no IdP repeats an event so late. */
  void forget();
}
