package io.gatehouse.webhook;

import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The data of a connection for receiving its webhooks.
 *
 * @param secrets the accepted secrets: none, one, or two during a rotation
 * @param feeds whether a subscription at the IdP belongs to the connection
 */
public record WebhookConnection(
    UUID id, String idp, List<String> secrets, Predicate<String> feeds) {

  /**
   * The secrets.
   *
   * @throws RefusedWebhookException 401 when there are none, because no webhook is accepted without
   *     a secret
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
