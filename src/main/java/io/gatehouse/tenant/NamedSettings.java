package io.gatehouse.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Named settings and their allowed values; null removes a setting. */
record NamedSettings(Map<String, Setting> all) {

  /**
   * One setting.
   *
   * @param domain the allowed values, as the end of a sentence
   */
  record Setting(String domain, Predicate<JsonNode> allows) {}

  /** The error in some settings, in a sentence; empty when they are valid. */
  Optional<String> wrong(ObjectNode settings) {
    for (Map.Entry<String, JsonNode> given : settings.properties()) {
      Setting setting = all.get(given.getKey());
      if (setting == null) {
        return Optional.of("Settings are " + new TreeSet<>(all.keySet()) + " and no others.");
      }
      if (!given.getValue().isNull() && !setting.allows().test(given.getValue())) {
        return Optional.of("'" + given.getKey() + "' must be " + setting.domain() + ".");
      }
    }
    return Optional.empty();
  }

  static boolean isOneOf(JsonNode value, String... allowed) {
    return value.isTextual() && List.of(allowed).contains(value.textValue());
  }

  static boolean isBetween(int least, JsonNode value, int most) {
    return value.isInt() && value.intValue() >= least && value.intValue() <= most;
  }
}
