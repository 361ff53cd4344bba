package io.gatehouse.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * A CloudEvent as it is sent (CloudEvents 1.0, structured JSON).
 *
 * @param address broker address of the profile
 * @param id duplicate id for the broker; the id in the body is the same for every attempt, replay
 *     and subscriber
 * @param partitionKey orders the events of one resource
 * @param attributes the context attributes, mirrored as message properties {@code cloudEvents_*}
 * @param tenant for the filter of the subscription's queue
 * @param body the whole event
 */
public record CloudEvent(
    String address,
    String id,
    String partitionKey,
    Map<String, String> attributes,
    String tenant,
    String body) {

  private static final int MAX_MEMBERS = 500;
  private static final String MEMBERS_CHANGED = "members.changed";

  /** A W3C trace context, which is an extension of CloudEvents too. */
  public static final String TRACEPARENT = "traceparent";

  /**
   * Renders a change for one profile: its primary event and, when members joined or left, further
   * events with at most 500 member ids each.
   *
   * @param log the data of the change; it is read only
   */
  static List<CloudEvent> of(ProfileView view, Announcement change, JsonNode log) {
    List<CloudEvent> events = new ArrayList<>();
    if (!change.type().equals(MEMBERS_CHANGED)) {
      events.add(of(view, change, log, new Part(change.type(), 0, Json.object())));
    }
    List<ObjectNode> chunks = MemberChunks.of(log.path("members"), MAX_MEMBERS);
    for (int i = 0; i < chunks.size(); i++) {
      ObjectNode chunk = chunks.get(i).put("part", i + 1).put("parts", chunks.size());
      events.add(of(view, change, log, new Part(MEMBERS_CHANGED, events.size(), chunk)));
    }
    return events;
  }

  /**
   * One of the events of a change.
   *
   * @param number 0 for the primary event, which has the id of the change
   * @param members the members who joined and left, if this event carries them
   */
  private record Part(String type, int number, ObjectNode members) {
    String id(Announcement change) {
      String id = change.eventId().toString();
      return number == 0
          ? id
          : UUID.nameUUIDFromBytes((id + "/" + number).getBytes(StandardCharsets.UTF_8)).toString();
    }
  }

  private static CloudEvent of(ProfileView view, Announcement change, JsonNode log, Part part) {
    Map<String, String> attributes = attributes(view.profile(), change, part);
    if (log.has(TRACEPARENT)) {
      attributes.put(TRACEPARENT, log.path(TRACEPARENT).asText());
    }
    ObjectNode event = Json.object();
    attributes.forEach(event::put);
    event.put("datacontenttype", "application/json");
    event.put("correlationid", log.path("origin").path("command").asText());
    event.set("data", data(view, change, log, part));
    return new CloudEvent(
        view.profile().address(),
        part.id(change),
        partitionKey(change),
        attributes,
        change.tenantSlug(),
        Json.text(event));
  }

  public String type() {
    return Objects.requireNonNull(attributes.get("type"));
  }

  /**
   * The same event for one subscriber only. The id in the body stays the same. The duplicate id
   * gets the id of the job appended, because the broker would otherwise drop the event.
   */
  public CloudEvent to(Subscription subscription, UUID job) {
    return new CloudEvent(
        subscription.fullyQualifiedQueue(), id + ":" + job, partitionKey, attributes, tenant, body);
  }

  /**
   * The event that ends a bootstrap: the present state as of this sequence has been sent
   * completely.
   */
  public static CloudEvent bootstrapCompleted(Subscription subscription, UUID job, long until) {
    String tenant = subscription.tenantSlug();
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("specversion", "1.0");
    attributes.put("id", job.toString());
    attributes.put("source", source(tenant, subscription.profile()));
    attributes.put("type", "gatehouse.feed.bootstrap.completed.v1");
    attributes.put("partitionkey", tenant + ":feed");
    attributes.put("sequence", padded(until));
    ObjectNode event = Json.object();
    attributes.forEach(event::put);
    event.put("datacontenttype", "application/json");
    event.putObject("data").put("tenant", tenant).put("position", until);
    return new CloudEvent(
        subscription.profile().address(),
        job.toString(),
        tenant + ":feed",
        attributes,
        tenant,
        Json.text(event));
  }

  /**
   * An event about no user or group, with which an endpoint is tested. It is in no feed, so its
   * sequence is zero.
   */
  public static CloudEvent endpointTest(Subscription claim, UUID id, Instant time) {
    String tenant = claim.tenantSlug();
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("specversion", "1.0");
    attributes.put("id", id.toString());
    attributes.put("source", source(tenant, claim.profile()));
    attributes.put("type", "gatehouse.endpoint.test.v1");
    attributes.put("time", time.toString());
    attributes.put("partitionkey", tenant + ":feed");
    attributes.put("sequence", padded(0));
    ObjectNode event = Json.object();
    attributes.forEach(event::put);
    event.put("datacontenttype", "application/json");
    event.putObject("data").put("tenant", tenant).put("endpoint", claim.name());
    return new CloudEvent(
        claim.profile().address(),
        id.toString(),
        tenant + ":feed",
        attributes,
        tenant,
        Json.text(event));
  }

  private static String source(String tenant, Profile profile) {
    return "/tenants/" + tenant + "/feeds/" + profile.label();
  }

  /** The type of an event, for example {@code gatehouse.user.created.v1}. */
  public static String type(String resourceType, String word) {
    return "gatehouse." + resourceType.toLowerCase(Locale.ROOT) + "." + word + ".v1";
  }

  private static Map<String, String> attributes(Profile profile, Announcement change, Part part) {
    ResourceType type = ResourceType.labelled(change.subject().resourceType()).orElseThrow();
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("specversion", "1.0");
    attributes.put("id", part.id(change));
    attributes.put("source", source(change.tenantSlug(), profile));
    attributes.put("type", type(type.label(), part.type()));
    attributes.put("subject", "/" + type.endpoint() + "/" + change.subject().id());
    attributes.put("time", change.subject().time().toString());
    attributes.put("partitionkey", partitionKey(change));
    attributes.put("sequence", padded(change.sequence()));
    attributes.put("resourceversion", String.valueOf(change.subject().version()));
    return attributes;
  }

  /** Nineteen digits, so that sequences can be compared as strings. */
  private static String padded(long sequence) {
    String digits = Long.toString(sequence);
    return "0".repeat(19 - digits.length()) + digits;
  }

  private static String partitionKey(Announcement change) {
    return change.tenantSlug() + ":" + change.subject().id();
  }

  private static ObjectNode data(ProfileView view, Announcement change, JsonNode log, Part part) {
    ObjectNode data = Json.object();
    data.put("resourceType", change.subject().resourceType());
    data.put("id", change.subject().id().toString());
    data.put("tenant", change.tenantSlug());
    data.put("version", change.subject().version());
    if (log.has("previousVersion")) {
      data.set("previousVersion", log.path("previousVersion"));
    }
    data.set("origin", log.path("origin"));
    if (log.has("lifecycle")) {
      data.set("lifecycle", log.path("lifecycle"));
    }
    if (!part.members().isEmpty()) {
      data.set("members", part.members());
    }
    view.show(log, part.members().isEmpty(), data);
    return data;
  }
}
