package io.gatehouse.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.gatehouse.scim.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A call that a {@link FakeIdp} was asked. */
record FakeCall(
    String method, URI uri, Map<String, String> query, String authorization, String body) {

  static FakeCall of(HttpExchange http) throws IOException {
    String authorization = http.getRequestHeaders().getFirst("Authorization");
    return new FakeCall(
        http.getRequestMethod(),
        http.getRequestURI(),
        pairs(http.getRequestURI().getRawQuery()),
        authorization == null ? "" : authorization,
        new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    if (text != null && !text.isEmpty()) {
      for (String pair : text.split("&")) {
        String[] parts = pair.split("=", 2);
        pairs.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
      }
    }
    return pairs;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** The parts of the path. */
  String[] path() {
    return uri.getPath().substring(1).split("/");
  }

  Map<String, String> form() {
    return pairs(body);
  }

  JsonNode json() {
    return body.isEmpty() ? Json.MAPPER.missingNode() : Json.stored(body);
  }
}
