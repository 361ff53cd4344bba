package io.gatehouse.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.tenant.NamedSettings.Setting;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/** What an administrator may set on a tenant; null takes a setting back. */
public final class TenantSettings {

  /** How long the data of somebody who left is kept; 90 when it is not set. */
  public static final String RETENTION_DAYS = "retentionDays";

  /** The tenant's time zone; UTC when it is not set. */
  public static final String TIME_ZONE = "timeZone";

  private static final int MAX_DAYS = 3650;

  private static final NamedSettings SETTINGS =
      new NamedSettings(
          Map.of(
              RETENTION_DAYS,
              new Setting(
                  "an integer from 1 to " + MAX_DAYS,
                  it -> NamedSettings.isBetween(1, it, MAX_DAYS)),
              TIME_ZONE,
              new Setting("a time zone such as Europe/Berlin", TenantSettings::isZone)));

  private TenantSettings() {}

  private static boolean isZone(JsonNode value) {
    return value.isTextual() && ZoneId.getAvailableZoneIds().contains(value.textValue());
  }

  /** What is wrong with some settings, in a sentence; empty when nothing is. */
  public static Optional<String> wrong(ObjectNode settings) {
    return SETTINGS.wrong(settings);
  }

  public static ZoneId zone(ObjectNode settings) {
    return ZoneId.of(settings.path(TIME_ZONE).asText("UTC"));
  }
}
