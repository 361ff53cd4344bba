package io.gatehouse.webhook;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A received webhook call with its exact bytes, because signatures are over bytes; it is not
 * verified.
 */
public final class WebhookCall {

  /** Larger bodies are answered 413; the largest batch that a sender documents is far below. */
  public static final int MAX_BODY = 1024 * 1024;

  private final String method;
  private final String query;
  private final Map<String, String> headers;
  private final byte[] body;

  /**
   * Creates a call.
   *
   * @param query raw; empty when there is none
   * @param headers by their names in lower case
   */
  public WebhookCall(String method, String query, Map<String, String> headers, byte[] body) {
    this.method = method;
    this.query = query;
    this.headers = Map.copyOf(headers);
    this.body = body.clone();
  }

  public String method() {
    return method;
  }

  public boolean is(String wanted) {
    return method.equals(wanted);
  }

  /** The header of this name in any case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** All headers by their names in lower case. */
  public Map<String, String> headers() {
    return headers;
  }

  /**
   * A parameter of the query, decoded once.
   *
   * @throws RefusedWebhookException 400 when it cannot be decoded
   */
  public Optional<String> parameter(String name) {
    return Arrays.stream(query.split("&"))
        .map(it -> it.split("=", 2))
        .filter(it -> it.length == 2 && it[0].equals(name))
        .findFirst()
        .map(it -> decoded(it[1]));
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw RefusedWebhookException.badRequest("The query cannot be decoded.");
    }
  }

  public byte[] body() {
    return body.clone();
  }
}
