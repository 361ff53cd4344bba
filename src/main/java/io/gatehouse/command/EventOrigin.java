package io.gatehouse.command;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The event of an IdP that caused a command, when the command comes from a webhook or a poll and
 * not from a SCIM call. No caller waits for such a command.
 *
 * @param channel {@code webhook} or {@code poll}
 * @param eventId of the IdP, if it sent one
 * @param subject the IdP's id of the user or group
 * @param time by the IdP's clock; null when it is unknown, and the command is then never outdated
 */
public record EventOrigin(
    String channel, @Nullable String eventId, String subject, @Nullable Instant time) {

  /** The same event, with a time no later than the given one. */
  public EventOrigin notAfter(Instant moment) {
    return time == null || !time.isAfter(moment)
        ? this
        : new EventOrigin(channel, eventId, subject, moment);
  }
}
