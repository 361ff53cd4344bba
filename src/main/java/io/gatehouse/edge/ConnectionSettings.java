package io.gatehouse.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.edge.Settings.Setting;
import java.util.Map;
import java.util.Optional;

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

  /** Whose tokens are taken besides the connection's own; see {@link EntraLogin}. */
  public static final String ENTRA_LOGIN = "entraLogin";

  private static final int MAX_RATE = 100_000;
  private static final int MAX_MINIMUM = 1_000_000;
  private static final int MAX_PERCENT = 100;

  private static final Settings SETTINGS =
      new Settings(
          Map.of(
              MEMBERS_REPLACE,
              new Setting("'additive' or 'exact'", it -> Settings.isOneOf(it, "additive", "exact")),
              LINKING,
              new Setting("'automatic' or 'off'", it -> Settings.isOneOf(it, "automatic", "off")),
              BRAKE,
              new Setting(
                  "'off', or an object with 'minimum' (users) and 'percent' (of the active users)",
                  it -> Settings.isOneOf(it, "off") || isLimit(it)),
              ENTRA_LOGIN,
              new Setting(
                  "an object with 'tenant' and, unless it is the usual one, 'audience', both GUIDs",
                  EntraLogin::isLogin),
              RATE_LIMIT,
              new Setting(
                  "an integer from 1 to " + MAX_RATE, it -> Settings.isBetween(1, it, MAX_RATE))));

  private ConnectionSettings() {}

  /** What is wrong with some settings, in a sentence; empty when nothing is. */
  public static Optional<String> wrong(ObjectNode settings) {
    return SETTINGS.wrong(settings);
  }

  private static boolean isLimit(JsonNode value) {
    return value.isObject()
        && value.properties().stream()
            .allMatch(
                it ->
                    switch (it.getKey()) {
                      case "minimum" -> Settings.isBetween(0, it.getValue(), MAX_MINIMUM);
                      case "percent" -> Settings.isBetween(0, it.getValue(), MAX_PERCENT);
                      default -> false;
                    });
  }
}
