package io.gatehouse.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The access to the API of a connection's IdP (the setting {@code api}).
 *
 * @param url without a path, such as {@code https://acme.okta.com}; null for the usual one of the
 *     IdP
 * @param tenant of Entra ID, a GUID; null elsewhere
 * @param token an API token of Okta, instead of client credentials
 * @param client client credentials (OAuth 2.0), instead of a token
 * @param scope the application or group that the connection serves
 */
public record ApiAccess(
    @Nullable URI url,
    @Nullable String tenant,
    @Nullable String token,
    @Nullable Client client,
    Scope scope) {

  static final Set<String> SECRETS = Set.of("token", "clientSecret");

  static final String DOMAIN =
      "an object with 'token', or 'clientId' and 'clientSecret', and as the IdP needs it 'url'"
          + " (https), 'tenant', 'application', 'group'";

  /** The required settings of each IdP with a supported API. */
  private static final Map<String, List<String>> NEEDS =
      new TreeMap<>(
          Map.of(
              "entra", List.of("tenant", "clientId"),
              "okta", List.of("url"),
              "onelogin", List.of("url", "clientId")));

  private static final Set<String> TEXTS =
      Set.of("url", "tenant", "token", "clientId", "clientSecret", "application", "group");
  private static final int LONGEST = 2_048;

  /** Client credentials. */
  public record Client(String id, String secret) {
    @Override
    public String toString() {
      return "Client[" + id + "]";
    }
  }

  /**
   * The application and group that the connection serves, as ids of the IdP. A webhook about a user
   * in neither of them does not create that user.
   */
  public record Scope(@Nullable String application, @Nullable String group) {}

  static boolean isAccess(JsonNode value) {
    return value.isObject()
        && value.properties().stream()
            .allMatch(
                it ->
                    TEXTS.contains(it.getKey())
                        && it.getValue().isTextual()
                        && !it.getValue().textValue().isBlank()
                        && it.getValue().textValue().length() <= LONGEST)
        && value.has("token") != value.has("clientId")
        && value.has("clientId") == value.has("clientSecret")
        && SECRETS.stream().noneMatch(it -> value.path(it).asText().equals(SecretSettings.STARS))
        && (!value.has("url") || isSafe(value.path("url").asText()));
  }

  /** Whether there is an API of this IdP that the gateway supports. */
  public static boolean isFor(String idp) {
    return NEEDS.containsKey(idp);
  }

  /** The missing part of the access to the API of an IdP, in a sentence; empty when complete. */
  public static Optional<String> lack(String idp, ObjectNode settings) {
    JsonNode api = settings.path(ConnectionSettings.API);
    if (!api.isObject()) {
      return Optional.empty();
    }
    List<String> needs = NEEDS.get(idp);
    if (needs == null) {
      return Optional.of("'api' is for connections to " + NEEDS.keySet() + " only.");
    }
    return needs.stream().allMatch(api::has)
        ? Optional.empty()
        : Optional.of("'api' of a connection to " + idp + " needs " + needs + ".");
  }

  /** The URL in the settings; empty when there is none. */
  public static Optional<URI> url(ObjectNode settings) {
    return Optional.ofNullable(text(settings.path(ConnectionSettings.API), "url")).map(URI::create);
  }

  /** Whether the URL is encrypted, or leads to this machine. */
  private static boolean isSafe(String url) {
    try {
      URI uri = URI.create(url);
      return uri.getHost() != null
          && ("https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme())
                  && List.of("localhost", "127.0.0.1").contains(uri.getHost())));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The access in stored settings; empty when there is none. */
  public static Optional<ApiAccess> of(ObjectNode stored, SecretCipher cipher) {
    JsonNode api = stored.path(ConnectionSettings.API);
    if (!api.isObject()) {
      return Optional.empty();
    }
    String url = text(api, "url");
    String token = text(api, "token");
    Client client =
        api.has("clientId")
            ? new Client(
                api.path("clientId").asText(), cipher.decrypt(api.path("clientSecret").asText()))
            : null;
    return Optional.of(
        new ApiAccess(
            url == null ? null : URI.create(url),
            text(api, "tenant"),
            token == null ? null : cipher.decrypt(token),
            client,
            new Scope(text(api, "application"), text(api, "group"))));
  }

  private static @Nullable String text(JsonNode api, String name) {
    return api.has(name) ? api.path(name).asText() : null;
  }

  @Override
  public String toString() {
    return "ApiAccess[" + url + "]";
  }
}
