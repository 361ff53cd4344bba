package io.gatehouse.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.Outcome.Snapshot;
import io.gatehouse.scim.Json;
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

  /** The answer to a write. */
  public static ScimAnswer to(ScimRequest request, Outcome outcome) {
    if (outcome instanceof Outcome.Created created) {
      return resource(201, request, created.resource());
    }
    if (outcome instanceof Outcome.Updated updated) {
      return resource(200, request, updated.resource());
    }
    if (outcome instanceof Outcome.Refused refused) {
      return refusal(refused.refusal());
    }
    return new ScimAnswer(204, Map.of(), null);
  }

  /** A resource with its {@code Location} and {@code ETag} (RFC 7644 sections 3.3 and 3.14). */
  static ScimAnswer resource(int status, ScimRequest request, Snapshot snapshot) {
    String location = location(request, snapshot);
    return new ScimAnswer(
        status, Map.of("Location", location, "ETag", snapshot.etag()), shown(snapshot, location));
  }

  public static ScimAnswer refusal(Refusal refusal) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (refusal.status() == 503 || refusal.status() == 429) {
      headers.put("Retry-After", RETRY_SECONDS);
    }
    if (refusal.status() == 405) {
      headers.put("Allow", "GET, POST, PUT, PATCH, DELETE");
    }
    return new ScimAnswer(refusal.status(), headers, refusal.body());
  }

  static String location(ScimRequest request, Snapshot snapshot) {
    return request.line().base() + "/" + snapshot.type().endpoint() + "/" + snapshot.id();
  }

  /** The resource with the attributes that only the server writes (RFC 7643 section 3.1). */
  static ObjectNode shown(Snapshot snapshot, String location) {
    ObjectNode shown = Json.object();
    shown.set("schemas", snapshot.document().path("schemas"));
    shown.put("id", snapshot.id().toString());
    shown.setAll(snapshot.document());
    shown
        .putObject("meta")
        .put("resourceType", snapshot.type().label())
        .put("created", snapshot.created().toString())
        .put("lastModified", snapshot.modified().toString())
        .put("location", location)
        .put("version", snapshot.etag());
    return shown;
  }
}
