package io.gatehouse.idpapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.inbox.IdpApiException;
import java.net.URI;
import java.util.Optional;
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
