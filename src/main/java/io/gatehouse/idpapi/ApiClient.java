package io.gatehouse.idpapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.inbox.IdpApiException;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Signed-in calls of one connection to its IdP's API, at one address and no other. */
final class ApiClient {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;

  private final URI base;
  private final ThrottledClient client;
  private final ApiCredentials credentials;

  ApiClient(URI base, ThrottledClient client, ApiCredentials credentials) {
    this.base = base;
    this.client = client;
    this.credentials = credentials;
  }

  /** Whether an id may be one of an IdP. Webhooks bring them, and they become parts of paths. */
  static boolean isId(@Nullable String id) {
    return id != null && ID.matcher(id).matches();
  }

  /** What is there; empty when nothing is. */
  Optional<ApiResponse> find(String target) {
    ApiResponse response = send("GET", target, null);
    return response.status() == NOT_FOUND ? Optional.empty() : Optional.of(ok(target, response));
  }

  /**
   * The object with this id; empty when there is none. An IdP may take other names for an id (a
   * login, {@code me}), so that the object must say that it has this one.
   *
   * @param path up to the id
   * @param query with its question mark, or empty
   */
  Optional<JsonNode> object(String path, String id, String query) {
    return isId(id)
        ? find(path + id + query)
            .map(ApiResponse::json)
            .filter(it -> it.path("id").asText().equals(id))
        : Optional.empty();
  }

  /**
   * The ids on all pages of a list.
   *
   * @param wanted whether an item of the list counts
   * @param next where the page after this one is
   */
  Set<String> ids(
      String first, Predicate<JsonNode> wanted, Function<ApiResponse, Optional<String>> next) {
    Set<String> ids = new HashSet<>();
    Optional<String> page = Optional.of(first);
    while (page.isPresent()) {
      ApiResponse response = get(page.get());
      for (JsonNode item : response.json()) {
        if (wanted.test(item)) {
          ids.add(item.path("id").asText());
        }
      }
      page = next.apply(response);
    }
    return ids;
  }

  ApiResponse get(String target) {
    return ok(target, send("GET", target, null));
  }

  ApiResponse post(String target, JsonNode body) {
    return ok(target, send("POST", target, body));
  }

  ApiResponse patch(String target, JsonNode body) {
    return ok(target, send("PATCH", target, body));
  }

  /** Takes away what is there; that nothing is there is as good. */
  void delete(String target) {
    ApiResponse response = send("DELETE", target, null);
    if (response.status() != NOT_FOUND) {
      ok(target, response);
    }
  }

  /** Whether a link that was kept is one of this API; the address may have changed since. */
  boolean isHere(String link) {
    return isHere(URI.create(link));
  }

  private boolean isHere(URI uri) {
    return base.getScheme().equals(uri.getScheme())
        && base.getRawAuthority().equals(uri.getRawAuthority());
  }

  /** The answer, unless it is a refusal. */
  static ApiResponse ok(String target, ApiResponse response) {
    if (response.isOk()) {
      return response;
    }
    throw new IdpApiException(
        URI.create(target).getPath() + " is answered " + response.status(), null, null);
  }

  /**
   * Makes a call, once more with a new token when the old one is refused; the answer may be a
   * refusal.
   *
   * @param target a path, or a link to a page that the API gave
   */
  ApiResponse send(String method, String target, @Nullable JsonNode body) {
    URI uri = within(target);
    String authorization = credentials.authorization();
    ApiResponse response = exchange(method, uri, authorization, body);
    if (response.status() == UNAUTHORIZED && credentials.refused(authorization)) {
      response = exchange(method, uri, credentials.authorization(), body);
    }
    if (response.status() == UNAUTHORIZED) {
      throw new IdpApiException("The IdP refuses our credentials: 401", null, null);
    }
    return response;
  }

  private ApiResponse exchange(
      String method, URI uri, String authorization, @Nullable JsonNode body) {
    return client.exchange(
        new ApiRequest(
            method, uri, authorization, body == null ? null : ApiRequest.Body.json(body)));
  }

  /** A link that leads elsewhere would carry our credentials there. */
  private URI within(String target) {
    URI uri;
    try {
      uri = base.resolve(target);
    } catch (IllegalArgumentException e) {
      throw new IdpApiException("The IdP sent a link that is not a URL", null, null);
    }
    if (!isHere(uri)) {
      throw new IdpApiException(
          "The IdP sent a link to another host, " + uri.getAuthority(), null, null);
    }
    return uri;
  }
}
