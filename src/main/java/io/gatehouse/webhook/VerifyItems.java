package io.gatehouse.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Each event must carry one of the connection's secrets; other events are left out, and the answer
 * does not reveal it: {@code {"clientState":"abc",...}}.
 */
record VerifyItems(List<List<String>> paths) implements WebhookStep {

  static VerifyItems of(StepParameters parameters) {
    return new VerifyItems(
        Arrays.stream(parameters.text("member").split(","))
            .map(it -> List.of(it.split("\\.")))
            .toList());
  }

  @Override
  public WebhookExchange process(WebhookExchange exchange) {
    List<String> secrets = exchange.connection().requireSecrets();
    return exchange.withProvenEvents(
        exchange.content().events().stream().filter(it -> proves(it, secrets)).toList());
  }

  private boolean proves(JsonNode event, List<String> secrets) {
    String given =
        paths.stream()
            .map(it -> JsonPaths.at(event, it))
            .filter(JsonNode::isTextual)
            .map(JsonNode::textValue)
            .findFirst()
            .orElse("");
    return ConstantTime.any(given.getBytes(StandardCharsets.UTF_8), secrets, it -> it);
  }
}
