package io.gatehouse.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What an administrator may set on a connection; null takes a setting back. */
public final class ConnectionSettings {

  /** How {@code replace members} in a PATCH is read, where a quirk asks (ENTRA-61). */
  public static final String MEMBERS_REPLACE = "membersReplace";

  /** Requests per second; no limit when it is not set. */
  public static final String RATE_LIMIT = "rateLimit";

  /** Whether people whom nobody controls are linked: {@code automatic} when it is not set. */
  public static final String LINKING = "linking";

  /** How many may leave within an hour; see {@code io.gatehouse.lifecycle.Brake}. */
  public static final String BRAKE = "brake";

  private static final int MAX_RATE = 100_000;
  private static final int MAX_MINIMUM = 1_000_000;
  private static final int MAX_PERCENT = 100;

  private static final Map<String, Setting> SETTINGS =
      Map.of(
          MEMBERS_REPLACE,
          new Setting("'additive' or 'exact'", it -> isOneOf(it, "additive", "exact")),
          LINKING,
          new Setting("'automatic' or 'off'", it -> isOneOf(it, "automatic", "off")),
          BRAKE,
          new Setting(
              "'off', or an object with 'minimum' (users) and 'percent' (of the active users)",
              it -> isOneOf(it, "off") || isLimit(it)),
          RATE_LIMIT,
          new Setting(
              "an integer from 1 to " + MAX_RATE,
              it -> it.isInt() && it.intValue() >= 1 && it.intValue() <= MAX_RATE));

  private ConnectionSettings() {}

  private static boolean isOneOf(JsonNode value, String... allowed) {
    return value.isTextual() && List.of(allowed).contains(value.textValue());
  }

  private static boolean isLimit(JsonNode value) {
    return value.isObject()
        && Set.of("minimum", "percent").containsAll(names(value))
        && isUpTo(value.path("minimum"), MAX_MINIMUM)
        && isUpTo(value.path("percent"), MAX_PERCENT);
  }

  private static Set<String> names(JsonNode value) {
    return value.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
  }

  private static boolean isUpTo(JsonNode value, int limit) {
    return value.isMissingNode()
        || (value.isInt() && value.intValue() >= 0 && value.intValue() <= limit);
  }

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
