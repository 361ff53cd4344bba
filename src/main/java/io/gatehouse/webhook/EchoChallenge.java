package io.gatehouse.webhook;

import io.gatehouse.scim.Json;

/**
 * {@code GET} with {@code X-Okta-Verification-Challenge: abc} is answered {@code
 * {"verification":"abc"}}.
 */
record EchoChallenge(String header, String member) implements WebhookStep {

  static EchoChallenge of(StepParameters parameters) {
    return new EchoChallenge(parameters.text("header"), parameters.text("member"));
  }

  @Override
  public WebhookExchange process(WebhookExchange exchange) {
    if (!exchange.call().is("GET")) {
      return exchange;
    }
    return exchange
        .call()
        .header(header)
        .map(it -> WebhookResponse.json(200, Json.object().put(member, it)))
        .map(exchange::answered)
        .orElse(exchange);
  }
}
