package io.gatehouse.webhook;

/** One step of a webhook route. */
@FunctionalInterface
public interface WebhookStep {

  /**
   * Does the step.
   *
   * @throws RefusedWebhookException when the call is not taken in; nothing of it is kept then
   */
  WebhookExchange process(WebhookExchange exchange);
}
