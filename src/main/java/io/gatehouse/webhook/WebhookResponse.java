package io.gatehouse.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.http.RetryAfter;
import io.gatehouse.scim.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer to the sender of a webhook.
 *
 * @param status of HTTP
 * @param body empty when there is none
 */
public record WebhookResponse(int status, Map<String, String> headers, String body) {

  private static final String TYPE = "Content-Type";

  public static WebhookResponse empty(int status) {
    return new WebhookResponse(status, Map.of(), "");
  }

  /** A plain text answer that no browser interprets as a page. */
  public static WebhookResponse text(String body) {
    return new WebhookResponse(
        200, Map.of(TYPE, "text/plain", "X-Content-Type-Options", "nosniff"), body);
  }

  public static WebhookResponse json(int status, ObjectNode body) {
    return new WebhookResponse(status, Map.of(TYPE, "application/json"), Json.text(body));
  }

  /** The answer 429, after too many unverified calls. */
  public static WebhookResponse tooMany(int seconds) {
    WebhookResponse problem = problem(429, "Too many calls came without a valid proof; wait.");
    Map<String, String> headers = new LinkedHashMap<>(problem.headers());
    headers.put(RetryAfter.HEADER, String.valueOf(seconds));
    return new WebhookResponse(429, headers, problem.body());
  }

  /** An error by RFC 9457. */
  public static WebhookResponse problem(int status, String detail) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(TYPE, "application/problem+json");
    if (status == 503) {
      headers.put(RetryAfter.HEADER, RetryAfter.SOON);
    } else if (status == 401) {
      headers.put("WWW-Authenticate", "Bearer realm=\"gatehouse\"");
    } else if (status == 405) {
      headers.put("Allow", "POST");
    }
    return new WebhookResponse(
        status, headers, Json.text(Json.object().put("status", status).put("detail", detail)));
  }
}
