package io.gatehouse.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.RestoreCriteria;
import io.gatehouse.tenant.NamedSettings.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of a connection; null removes a setting. */
public final class ConnectionSettings {

  /** How {@code replace members} in a PATCH is read, where a quirk asks (ENTRA-61). */
  public static final String MEMBERS_REPLACE = "membersReplace";

  /** Requests per second; no limit when it is not set. */
  public static final String RATE_LIMIT = "rateLimit";

  /** Whether unmanaged users are linked: {@code automatic} when it is not set. */
  public static final String LINKING = "linking";

  /** Whether an externalId names one person for ever; the profile decides when it is not set. */
  public static final String STABLE_EXTERNAL_ID = "externalIdIsStable";

  /** How many users may be deactivated within an hour; see {@code io.gatehouse.lifecycle.Brake}. */
  public static final String BRAKE = "brake";

  /** The Entra ID tokens that are accepted besides the connection's own; see {@link EntraLogin}. */
  public static final String ENTRA_LOGIN = "entraLogin";

  /** The secret of webhooks: one, or two during a rotation. */
  public static final String WEBHOOK_SECRET = "webhookSecret";

  /** Access to the API of the IdP; see {@link ApiAccess}. */
  public static final String API = "api";

  private static final int MAX_RATE = 100_000;
  private static final int MAX_MINIMUM = 1_000_000;
  private static final int MAX_PERCENT = 100;

  private static final NamedSettings SETTINGS =
      new NamedSettings(
          Map.of(
              WEBHOOK_SECRET,
              new Setting(
                  "a secret of 8 to 512 characters, or an array of at most two",
                  SecretSettings::isSecret),
              API,
              new Setting(ApiAccess.DOMAIN, ApiAccess::isAccess),
              MEMBERS_REPLACE,
              new Setting(
                  "'additive' or 'exact'", it -> NamedSettings.isOneOf(it, "additive", "exact")),
              LINKING,
              new Setting(
                  "'automatic' or 'off'", it -> NamedSettings.isOneOf(it, "automatic", "off")),
              STABLE_EXTERNAL_ID,
              new Setting("true or false", JsonNode::isBoolean),
              BRAKE,
              new Setting(
                  "'off', or an object with 'minimum' (users) and 'percent' (of the active users)",
                  it -> NamedSettings.isOneOf(it, "off") || isLimit(it)),
              ENTRA_LOGIN,
              new Setting(
                  "an object with 'tenant' and, unless it is the usual one, 'audience', both GUIDs",
                  EntraLogin::isLogin),
              RATE_LIMIT,
              new Setting(
                  "an integer from 1 to " + MAX_RATE,
                  it -> NamedSettings.isBetween(1, it, MAX_RATE))));

  private ConnectionSettings() {}

  /** The error in some settings, in a sentence; empty when they are valid. */
  public static Optional<String> wrong(ObjectNode settings) {
    return SETTINGS.wrong(settings);
  }

  /** The settings with encrypted secrets, for storage. */
  public static ObjectNode encrypted(ObjectNode settings, SecretCipher cipher) {
    ObjectNode sealed = settings.deepCopy();
    SecretSettings.replace(sealed, WEBHOOK_SECRET, cipher::encrypt);
    if (sealed.get(API) instanceof ObjectNode api) {
      ApiAccess.SECRETS.forEach(it -> SecretSettings.replace(api, it, cipher::encrypt));
    }
    return sealed;
  }

  /** The settings with stars instead of secrets, for display. */
  public static ObjectNode shown(ObjectNode settings) {
    ObjectNode shown = settings.deepCopy();
    SecretSettings.replace(shown, WEBHOOK_SECRET, it -> SecretSettings.STARS);
    if (shown.get(API) instanceof ObjectNode api) {
      ApiAccess.SECRETS.forEach(it -> SecretSettings.replace(api, it, any -> SecretSettings.STARS));
    }
    return shown;
  }

  /** The secrets that a webhook of the connection may use; empty when none is set. */
  public static List<String> webhookSecrets(ObjectNode stored, SecretCipher cipher) {
    return SecretSettings.all(stored.path(WEBHOOK_SECRET)).stream().map(cipher::decrypt).toList();
  }

  /** The criteria of the connection; its setting takes precedence over the profile. */
  public static RestoreCriteria recognition(ObjectNode settings, RestoreCriteria profile) {
    JsonNode stable = settings.path(STABLE_EXTERNAL_ID);
    return stable.isBoolean() ? profile.byExternalId(stable.booleanValue()) : profile;
  }

  private static boolean isLimit(JsonNode value) {
    return value.isObject()
        && value.properties().stream()
            .allMatch(
                it ->
                    switch (it.getKey()) {
                      case "minimum" -> NamedSettings.isBetween(0, it.getValue(), MAX_MINIMUM);
                      case "percent" -> NamedSettings.isBetween(0, it.getValue(), MAX_PERCENT);
                      default -> false;
                    });
  }
}
