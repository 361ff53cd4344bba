package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Each event carries one of the connection's secrets; those that do not are left out, and nobody is
 * told: {@code {"clientState":"abc",...}}.
 */
record ProveItems(List<List<String>> paths) implements IntakeStep {

  static ProveItems of(StepParameters parameters) {
    return new ProveItems(
        Arrays.stream(parameters.text("member").split(","))
            .map(it -> List.of(it.split("\\.")))
            .toList());
  }

  @Override
  public Intake take(Intake intake) {
    List<String> secrets = intake.connection().requireSecrets();
    return intake.withProvenEvents(
        intake.content().events().stream().filter(it -> proves(it, secrets)).toList());
  }

  private boolean proves(JsonNode event, List<String> secrets) {
    String given =
        paths.stream()
            .map(it -> Paths.at(event, it))
            .filter(JsonNode::isTextual)
            .map(JsonNode::textValue)
            .findFirst()
            .orElse("");
    return Equality.any(given.getBytes(StandardCharsets.UTF_8), secrets, it -> it);
  }
}
