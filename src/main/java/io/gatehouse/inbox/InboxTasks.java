package io.gatehouse.inbox;

import io.gatehouse.command.Caller;
import io.gatehouse.tenant.Connections.Connection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * The inbox, as it is worked off: of each subject one signal at a time, in the provider's order,
 * except that whoever leaves does not wait for what must be fetched.
 */
public interface InboxTasks {

  /**
   * A signal that is worked on.
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
   * Takes the next signals of some subjects for a minute, in which nobody else gets them nor later
   * ones of their subjects.
   */
  List<Task> take(int limit);

  /**
   * Ends a task.
   *
   * @param remark why nothing came of it; empty when something did
   */
  void done(Task task, String remark);

  /** Puts a task back, with what was in the way. */
  void later(Task task, String problem, Duration wait);

  /**
   * How the signals of a connection stand.
   *
   * @param waiting how many are not turned into commands yet
   * @param problem what was in the way of the oldest, if anything was
   */
  record Standing(long waiting, String problem) {}

  Standing standing(UUID connection);

  /** Forgets the events of a month ago: no IdP sends one so late. */
  void forget();
}
