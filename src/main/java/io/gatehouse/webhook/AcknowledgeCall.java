package io.gatehouse.webhook;

/**
 * The answer to a stored call: the status that the sender accepts as success, without a body.
 *
 * @param cloudEvent the status for events in the media type of CloudEvents
 */
record AcknowledgeCall(int status, int cloudEvent) implements WebhookStep {

  static AcknowledgeCall of(StepParameters parameters) {
    String status = parameters.oneOf("status", "200", "201", "202", "204");
    boolean given = parameters.find("cloudEvent").isPresent();
    return new AcknowledgeCall(
        Integer.parseInt(status),
        Integer.parseInt(
            given ? parameters.oneOf("cloudEvent", "200", "201", "202", "204") : status));
  }

  @Override
  public WebhookExchange process(WebhookExchange exchange) {
    boolean isCloudEvent =
        exchange
            .call()
            .header("Content-Type")
            .filter(it -> it.startsWith("application/cloudevents"))
            .isPresent();
    return exchange.answered(WebhookResponse.empty(isCloudEvent ? cloudEvent : status));
  }
}
