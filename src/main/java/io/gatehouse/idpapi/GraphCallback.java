package io.gatehouse.idpapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.inbox.IdpApiException;
import io.gatehouse.scim.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The webhook that Microsoft Graph calls.
 *
 * @param secret the {@code clientState} by which a call proves that it is from Graph
 */
record GraphCallback(String url, String secret, Clock clock) {

  /** The lifetime of a subscription: less than the 29 days that Graph allows. */
  private static final Duration LIFE = Duration.ofDays(28);

  private static final int LONGEST_SECRET = 128;

  /** The request for a subscription. */
  ObjectNode request(String resource) {
    if (secret.length() > LONGEST_SECRET) {
      throw new IdpApiException(
          "Graph takes a webhookSecret of at most " + LONGEST_SECRET + " characters", null, null);
    }
    return renewal()
        .put("changeType", "updated,deleted")
        .put("resource", resource)
        .put("notificationUrl", url)
        .put("lifecycleNotificationUrl", url)
        .put("clientState", secret);
  }

  ObjectNode renewal() {
    Instant end = clock.instant().plus(LIFE).truncatedTo(ChronoUnit.SECONDS);
    return Json.object().put("expirationDateTime", end.toString());
  }

  boolean isHalfOver(Instant end) {
    return end.isBefore(clock.instant().plus(LIFE.dividedBy(2)));
  }

  @Override
  public String toString() {
    return "GraphCallback[" + url + "]";
  }
}
