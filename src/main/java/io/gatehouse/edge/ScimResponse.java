package io.gatehouse.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Outcome.Snapshot;
import io.gatehouse.http.RetryAfter;
import io.gatehouse.scim.ScimError;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to the IdP.
 *
 * @param status of HTTP
 * @param headers besides the content type
 * @param body null when there is none
 */
public record ScimResponse(int status, Map<String, String> headers, @Nullable ObjectNode body) {

  public static final String MEDIA_TYPE = "application/scim+json";

  /** The retry interval while a brake waits for an administrator; a shorter one has no use. */
  private static final String BRAKE_SECONDS = "600";

  /** A resource with its {@code Location} and {@code ETag} (RFC 7644 sections 3.3 and 3.14). */
  static ScimResponse resource(
      int status, ScimRequest request, Snapshot snapshot, ObjectNode shown) {
    String location = ResourceRenderer.location(request, snapshot.type(), snapshot.id());
    return new ScimResponse(status, Map.of("Location", location, "ETag", snapshot.etag()), shown);
  }

  /** The answer 429, with the seconds to wait. */
  public static ScimResponse tooMany(int seconds) {
    ScimError error = new ScimError(429, null, "The connection exceeds its limit of requests.");
    return new ScimResponse(429, Map.of(RetryAfter.HEADER, String.valueOf(seconds)), error.body());
  }

  public static ScimResponse refusal(ScimError error) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (error.status() == 503) {
      headers.put(RetryAfter.HEADER, RetryAfter.SOON);
    } else if (error.status() == ScimError.TOO_MANY) {
      headers.put(RetryAfter.HEADER, BRAKE_SECONDS);
    }
    if (error.allow() != null) {
      headers.put("Allow", error.allow());
    }
    return new ScimResponse(error.status(), headers, error.body());
  }
}
