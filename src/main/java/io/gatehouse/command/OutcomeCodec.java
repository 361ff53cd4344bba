package io.gatehouse.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Outcome.Snapshot;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.ScimError;
import java.time.Instant;
import java.util.UUID;

/** Outcomes as JSON text, the form in which they are stored. */
public final class OutcomeCodec {

  private OutcomeCodec() {}

  public static ObjectNode encode(Outcome outcome) {
    ObjectNode json = Json.object().put("status", outcome.status());
    if (outcome instanceof Outcome.Created created) {
      json.set("resource", snapshot(created.resource()));
    } else if (outcome instanceof Outcome.Updated updated) {
      json.set("resource", snapshot(updated.resource()));
    } else if (outcome instanceof Outcome.Deleted deleted) {
      json.put("deleted", deleted.id().toString());
    } else if (outcome instanceof Outcome.Refused refused) {
      json.put("scimType", refused.refusal().scimType());
      json.put("detail", refused.refusal().detail());
    }
    return json;
  }

  public static Outcome decode(String text) {
    JsonNode json = Json.stored(text);
    int status = json.path("status").asInt();
    return switch (status) {
      case 201 -> new Outcome.Created(snapshot(json.path("resource")));
      case 200 -> new Outcome.Updated(snapshot(json.path("resource")));
      case 204 -> new Outcome.Deleted(UUID.fromString(json.path("deleted").asText()));
      default ->
          new Outcome.Refused(
              new ScimError(status, Json.text(json, "scimType"), json.path("detail").asText()));
    };
  }

  private static ObjectNode snapshot(Snapshot snapshot) {
    ObjectNode json =
        Json.object()
            .put("type", snapshot.type().name())
            .put("id", snapshot.id().toString())
            .put("version", snapshot.version())
            .put("created", snapshot.created().toString())
            .put("modified", snapshot.modified().toString());
    return json.set("document", snapshot.document());
  }

  private static Snapshot snapshot(JsonNode json) {
    return new Snapshot(
        ResourceType.valueOf(json.path("type").asText()),
        UUID.fromString(json.path("id").asText()),
        json.path("version").asLong(),
        Instant.parse(json.path("created").asText()),
        Instant.parse(json.path("modified").asText()),
        (ObjectNode) json.path("document"));
  }
}
