package io.gatehouse.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.tenant.NamedSettings.Setting;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/** The settings of a tenant; null removes a setting. */
public final class TenantSettings {

  /** Days for which the data of a deleted user is kept; 90 when it is not set. */
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

  /** The error in some settings, in a sentence; empty when they are valid. */
  public static Optional<String> wrong(ObjectNode settings) {
    return SETTINGS.wrong(settings);
  }

  public static ZoneId zone(ObjectNode settings) {
    return ZoneId.of(settings.path(TIME_ZONE).asText("UTC"));
  }
}
