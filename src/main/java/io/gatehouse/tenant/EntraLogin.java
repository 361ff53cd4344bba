package io.gatehouse.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Whose tokens a connection takes besides its own: those that Entra ID issues when its field
 * "Secret Token" is blank (quirk ENTRA-06). The pair finds the connection, so only one may have it.
 *
 * @param tenant of Entra, the claim {@code tid}
 * @param audience the claim {@code aud}
 */
public record EntraLogin(UUID tenant, UUID audience) {

  /** What Entra puts into {@code aud} for every application that is not from its gallery. */
  public static final UUID NON_GALLERY = UUID.fromString("8adf8e6e-67b2-4cf2-a259-e3dc5476c621");

  private static final Pattern GUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** What a connection has set; empty when it has not. */
  public static Optional<EntraLogin> of(ObjectNode settings) {
    JsonNode set = settings.path(ConnectionSettings.ENTRA_LOGIN);
    return isLogin(set)
        ? of(set.path("tenant").asText(), set.path("audience").asText(NON_GALLERY.toString()))
        : Optional.empty();
  }

  /** Reads the two GUIDs; empty when they are none. */
  public static Optional<EntraLogin> of(String tenant, String audience) {
    return GUID.matcher(tenant).matches() && GUID.matcher(audience).matches()
        ? Optional.of(new EntraLogin(UUID.fromString(tenant), UUID.fromString(audience)))
        : Optional.empty();
  }

  /** Whether this is what an administrator may set. */
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
