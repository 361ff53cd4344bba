package io.gatehouse.change;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Outcome.Snapshot;
import java.util.Locale;
import java.util.UUID;

/**
 * The change that one effective command makes, for the log.
 *
 * @param eventId stable across retries and replays
 * @param cause the command
 * @param after the resource after the command
 * @param data state, changes, lifecycle and origin, from which the profiles choose
 */
public record Change(UUID eventId, Type type, Envelope cause, Snapshot after, ObjectNode data) {

  /** The kinds of changes to a user or a group. */
  public enum Type {
    CREATED,
    LINKED,
    UPDATED,
    DEACTIVATED,
    REACTIVATED,
    ENROLLED,
    ERASED,
    DELETED,
    MEMBERS_CHANGED;

    /** The word in the event type {@code gatehouse.user.<word>.v1}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
  }
}
