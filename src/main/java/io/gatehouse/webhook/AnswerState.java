package io.gatehouse.webhook;

/**
 * A call whose header {@code X-Goog-Resource-State} is {@code sync} only confirms a new channel,
 * and carries no event.
 */
record AnswerState(String header, String value) implements WebhookStep {

  static AnswerState of(StepParameters parameters) {
    return new AnswerState(parameters.text("header"), parameters.text("value"));
  }

  @Override
  public WebhookExchange process(WebhookExchange exchange) {
    return exchange.call().is("POST")
            && exchange.call().header(header).filter(value::equals).isPresent()
        ? exchange.answered(WebhookResponse.empty(200))
        : exchange;
  }
}
