package io.gatehouse.webhook;

/** One step of a webhook route. */
@FunctionalInterface
public interface WebhookStep {

  /**
   * Runs the step.
   *
   * @throws RefusedWebhookException when the call is refused; none of it is stored then
   */
  WebhookExchange process(WebhookExchange exchange);
}
