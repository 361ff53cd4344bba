package io.gatehouse.webhook;

/**
 * {@code POST ...?validationToken=a%2Bb} is answered {@code a+b} as plain text; the body is
 * ignored.
 */
record EchoToken(String query) implements WebhookStep {

  static EchoToken of(StepParameters parameters) {
    return new EchoToken(parameters.text("query"));
  }

  @Override
  public WebhookExchange process(WebhookExchange exchange) {
    if (!exchange.call().is("POST")) {
      return exchange;
    }
    return exchange
        .call()
        .parameter(query)
        .map(it -> exchange.answered(WebhookResponse.text(it)))
        .orElse(exchange);
  }
}
