package io.gatehouse.access;

import java.time.Instant;
import java.util.UUID;

/**
 * A session of an administrator in the portal.
 *
 * @param id names the session in lists; its token is known to the browser only
 * @param confirmedAt the last time that the password was given
 * @param address where it was opened from
 * @param agent the browser, as it calls itself
 */
public record Session(
    UUID id,
    Account account,
    Instant openedAt,
    Instant seenAt,
    Instant confirmedAt,
    String address,
    String agent) {

  @Override
  public String toString() {
    return "Session[" + id + "]";
  }
}
