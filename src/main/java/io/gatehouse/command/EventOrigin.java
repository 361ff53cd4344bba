package io.gatehouse.command;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an IdP said out of turn, when a command comes from that and not from a SCIM call. Nobody
 * waits for such a command.
 *
 * @param channel {@code webhook} or {@code poll}
 * @param eventId of the IdP, if it gave one
 * @param subject what the IdP calls the user or group
 * @param time by the IdP's clock; null when it is not known, and the command is never too old
 */
public record EventOrigin(
    String channel, @Nullable String eventId, String subject, @Nullable Instant time) {

  /** The same, but no later than some moment. */
  public EventOrigin notAfter(Instant moment) {
    return time == null || !time.isAfter(moment)
        ? this
        : new EventOrigin(channel, eventId, subject, moment);
  }
}
