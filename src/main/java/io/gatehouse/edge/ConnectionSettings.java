package io.gatehouse.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What an administrator may set on a connection; null takes a setting back. */
public final class ConnectionSettings {

  /** How {@code replace members} in a PATCH is read, where a quirk asks (ENTRA-61). */
  public static final String MEMBERS_REPLACE = "membersReplace";

  /** Requests per second; no limit when it is not set. */
  public static final String RATE_LIMIT = "rateLimit";

  private static final int MAX_RATE = 100_000;

  private static final Map<String, Setting> SETTINGS =
      Map.of(
          MEMBERS_REPLACE,
          new Setting(
              "'additive' or 'exact'",
              it -> it.isTextual() && List.of("additive", "exact").contains(it.textValue())),
          RATE_LIMIT,
          new Setting(
              "an integer from 1 to " + MAX_RATE,
              it -> it.isInt() && it.intValue() >= 1 && it.intValue() <= MAX_RATE));

  private ConnectionSettings() {}

  private record Setting(String domain, Predicate<JsonNode> allows) {}

  /** What is wrong with some settings, in a sentence; empty when nothing is. */
  public static Optional<String> wrong(ObjectNode settings) {
    for (Map.Entry<String, JsonNode> given : settings.properties()) {
      Setting setting = SETTINGS.get(given.getKey());
      if (setting == null) {
        return Optional.of("Settings are " + new TreeSet<>(SETTINGS.keySet()) + " and no others.");
      }
      if (!given.getValue().isNull() && !setting.allows().test(given.getValue())) {
        return Optional.of("'" + given.getKey() + "' must be " + setting.domain() + ".");
      }
    }
    return Optional.empty();
  }
}
