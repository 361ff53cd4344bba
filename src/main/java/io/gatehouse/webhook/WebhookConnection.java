package io.gatehouse.webhook;

import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What must be known of a connection to take its webhooks in.
 *
 * @param secrets what a call may prove: none, one, or two while one replaces the other
 * @param feeds whether what comes by a subscription at the IdP is meant for the connection
 */
public record WebhookConnection(
    UUID id, String idp, List<String> secrets, Predicate<String> feeds) {

  /**
   * The secrets.
   *
   * @throws RefusedWebhookException 401 when there are none, for nothing is open
   */
  public List<String> requireSecrets() {
    if (secrets.isEmpty()) {
      throw RefusedWebhookException.of(
          401, "The connection has no webhook secret yet; set 'webhookSecret' on it.");
    }
    return secrets;
  }

  @Override
  public String toString() {
    return "WebhookConnection[" + id + ", " + idp + "]";
  }
}
