package io.gatehouse.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Settings that are secret: a text, or an array of two during a rotation. */
final class SecretSettings {

  /** Stands for a hidden secret; too short to be a valid one. */
  static final String STARS = "*****";

  private static final int SHORTEST = 8;
  private static final int LONGEST = 512;

  private SecretSettings() {}

  static boolean isSecret(JsonNode value) {
    List<String> all = all(value);
    return (value.isTextual() || value.isArray())
        && all.size() == (value.isArray() ? value.size() : 1)
        && !all.isEmpty()
        && all.size() <= 2
        && all.stream().allMatch(it -> it.length() >= SHORTEST && it.length() <= LONGEST);
  }

  /** The texts in a setting. */
  static List<String> all(JsonNode value) {
    List<String> all = new ArrayList<>();
    (value.isArray() ? value : List.of(value))
        .forEach(
            it -> {
              if (it.isTextual()) {
                all.add(it.textValue());
              }
            });
    return all;
  }

  static void replace(ObjectNode settings, String name, UnaryOperator<String> by) {
    JsonNode value = settings.path(name);
    if (value.isTextual()) {
      settings.put(name, by.apply(value.textValue()));
    } else if (value.isArray()) {
      ArrayNode replaced = settings.putArray(name);
      all(value).forEach(it -> replaced.add(by.apply(it)));
    }
  }
}
