package io.gatehouse.idpapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request to an API.
 *
 * @param authorization the header of that name; null for none
 */
record ApiRequest(String method, URI uri, @Nullable String authorization, @Nullable Body body) {

  /** The body of a request. */
  record Body(String contentType, String text) {

    static Body json(JsonNode json) {
      return new Body("application/json", Json.text(json));
    }

    static Body form(Map<String, String> fields) {
      return new Body(
          "application/x-www-form-urlencoded",
          fields.entrySet().stream()
              .map(it -> it.getKey() + "=" + encoded(it.getValue()))
              .collect(Collectors.joining("&")));
    }
  }

  /** Encodes a text for a query or a path. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The form for the log: no query, which may contain names, and no secrets. */
  @Override
  public String toString() {
    return method + " " + uri.getAuthority() + uri.getPath();
  }
}
