package io.gatehouse.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.scim.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A CloudEvent as it is sent (CloudEvents 1.0, structured JSON).
 *
 * @param address where subscribers of the profile listen
 * @param id the same for every attempt, replay and subscriber
 * @param partitionKey orders the events of one resource
 * @param attributes the context attributes, mirrored as message properties {@code cloudEvents_*}
 * @param tenant for the filter of the subscription's queue
 * @param body the whole event
 */
public record Event(
    String address,
    String id,
    String partitionKey,
    Map<String, String> attributes,
    String tenant,
    String body) {

  /** Renders a change for one profile. */
  static Event of(Profile profile, Announcement change) {
    Map<String, String> attributes = attributes(profile, change);
    JsonNode log = Json.stored(change.data());
    ObjectNode event = Json.object();
    attributes.forEach(event::put);
    event.put("datacontenttype", "application/json");
    event.put("correlationid", log.path("origin").path("command").asText());
    event.set("data", data(profile, change, log));
    return new Event(
        profile.address(),
        change.eventId().toString(),
        partitionKey(change),
        attributes,
        change.tenantSlug(),
        Json.text(event));
  }

  private static Map<String, String> attributes(Profile profile, Announcement change) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("specversion", "1.0");
    attributes.put("id", change.eventId().toString());
    attributes.put("source", "/tenants/" + change.tenantSlug() + "/feeds/" + profile.label());
    attributes.put("type", "gatehouse.user." + change.type() + ".v1");
    attributes.put("subject", "/Users/" + change.subject().id());
    attributes.put("time", change.subject().time().toString());
    attributes.put("partitionkey", partitionKey(change));
    attributes.put("sequence", padded(change.sequence()));
    attributes.put("resourceversion", String.valueOf(change.subject().version()));
    return attributes;
  }

  /** Nineteen digits, so that sequences compare as strings. */
  private static String padded(long sequence) {
    String digits = Long.toString(sequence);
    return "0".repeat(19 - digits.length()) + digits;
  }

  private static String partitionKey(Announcement change) {
    return change.tenantSlug() + ":" + change.subject().id();
  }

  private static ObjectNode data(Profile profile, Announcement change, JsonNode log) {
    ObjectNode data = Json.object();
    data.put("resourceType", change.subject().resourceType());
    data.put("id", change.subject().id().toString());
    data.put("tenant", change.tenantSlug());
    data.put("version", change.subject().version());
    data.set("previousVersion", log.path("previousVersion"));
    data.set("origin", log.path("origin"));
    data.set("lifecycle", log.path("lifecycle"));
    data.set("changes", profile.projectChanges(log.path("changes")));
    data.set("resource", profile.project(log.path("resource")));
    return data;
  }
}
