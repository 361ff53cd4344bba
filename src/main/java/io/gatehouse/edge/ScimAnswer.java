package io.gatehouse.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Outcome.Snapshot;
import io.gatehouse.scim.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What goes back to the IdP.
 *
 * @param status of HTTP
 * @param headers besides the content type
 * @param body null when there is none
 */
public record ScimAnswer(int status, Map<String, String> headers, @Nullable ObjectNode body) {

  public static final String MEDIA_TYPE = "application/scim+json";
  private static final String RETRY_SECONDS = "5";

  /** A brake waits for an administrator; asking more often helps nobody. */
  private static final String BRAKE_SECONDS = "600";

  /** A resource with its {@code Location} and {@code ETag} (RFC 7644 sections 3.3 and 3.14). */
  static ScimAnswer resource(int status, ScimRequest request, Snapshot snapshot, ObjectNode shown) {
    String location = Presentation.location(request, snapshot.type(), snapshot.id());
    return new ScimAnswer(status, Map.of("Location", location, "ETag", snapshot.etag()), shown);
  }

  /** Answers 429, with the time after which there is a place again. */
  public static ScimAnswer tooMany(int seconds) {
    Refusal refusal = new Refusal(429, null, "The connection exceeds its limit of requests.");
    return new ScimAnswer(429, Map.of("Retry-After", String.valueOf(seconds)), refusal.body());
  }

  public static ScimAnswer refusal(Refusal refusal) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (refusal.status() == 503) {
      headers.put("Retry-After", RETRY_SECONDS);
    } else if (refusal.status() == Refusal.TOO_MANY) {
      headers.put("Retry-After", BRAKE_SECONDS);
    }
    if (refusal.allow() != null) {
      headers.put("Allow", refusal.allow());
    }
    return new ScimAnswer(refusal.status(), headers, refusal.body());
  }
}
