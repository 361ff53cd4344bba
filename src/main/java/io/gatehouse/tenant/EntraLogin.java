package io.gatehouse.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The Entra ID tokens that a connection accepts besides its own. Entra ID issues them when its
 * field "Secret Token" is blank (quirk ENTRA-06). The pair identifies the connection, so it must be
 * unique.
 *
 * @param tenant of Entra, the claim {@code tid}
 * @param audience the claim {@code aud}
 */
public record EntraLogin(UUID tenant, UUID audience) {

  /** The {@code aud} of Entra ID for every application that is not from its gallery. */
  public static final UUID NON_GALLERY = UUID.fromString("8adf8e6e-67b2-4cf2-a259-e3dc5476c621");

  private static final Pattern GUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** The login in the settings of a connection; empty when it is not set. */
  public static Optional<EntraLogin> of(ObjectNode settings) {
    JsonNode set = settings.path(ConnectionSettings.ENTRA_LOGIN);
    return isLogin(set)
        ? of(set.path("tenant").asText(), set.path("audience").asText(NON_GALLERY.toString()))
        : Optional.empty();
  }

  /** Reads the two GUIDs; empty when one is invalid. */
  public static Optional<EntraLogin> of(String tenant, String audience) {
    return GUID.matcher(tenant).matches() && GUID.matcher(audience).matches()
        ? Optional.of(new EntraLogin(UUID.fromString(tenant), UUID.fromString(audience)))
        : Optional.empty();
  }

  /** Whether this is a valid value of the setting. */
  static boolean isLogin(JsonNode value) {
    return value.has("tenant")
        && value.properties().stream()
            .allMatch(
                it ->
                    switch (it.getKey()) {
                      case "tenant", "audience" -> isGuid(it.getValue());
                      default -> false;
                    });
  }

  private static boolean isGuid(JsonNode value) {
    return value.isTextual() && GUID.matcher(value.textValue()).matches();
  }
}
