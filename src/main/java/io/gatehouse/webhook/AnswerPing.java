package io.gatehouse.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ScimException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The body {@code Ping test}, {@code "Ping test"} or {@code {"text":"Ping test"}} only checks that
 * the webhook answers, and carries no event.
 */
record AnswerPing(String text) implements WebhookStep {

  private static final int LONGEST = 1_000;

  static AnswerPing of(StepParameters parameters) {
    return new AnswerPing(parameters.text("text"));
  }

  @Override
  public WebhookExchange process(WebhookExchange exchange) {
    byte[] body = exchange.call().body();
    return exchange.call().is("POST") && body.length < LONGEST && isPing(body)
        ? exchange.answered(WebhookResponse.empty(200))
        : exchange;
  }

  private boolean isPing(byte[] body) {
    if (new String(body, StandardCharsets.UTF_8).strip().equals(text)) {
      return true;
    }
    try {
      List<JsonNode> values = Json.values(body);
      return values.size() == 1
          && (values.get(0).path("text").asText().equals(text)
              || text.equals(values.get(0).textValue()));
    } catch (ScimException e) {
      return false;
    }
  }
}
