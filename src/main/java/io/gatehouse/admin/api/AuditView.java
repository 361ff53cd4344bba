package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.audit.AuditTrail.Announced;
import io.gatehouse.audit.AuditTrail.Entry;
import io.gatehouse.audit.Timeline;
import io.gatehouse.delivery.CloudEvent;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the audit log: the actor, the request, the quirks that were applied, the outcome,
 * the changed attributes and the event.
 *
 * @param refused the reason of a refusal
 * @param repairs the quirks that fired, with the paths that they repaired
 * @param changes path, operation, old and new value of each attribute; without values in the log of
 *     a tenant, which covers all of its users
 * @param schema the extension that was defined or removed, and the number of resources that have or
 *     had values of it
 * @param about the administrator, token, session or link that an act of access concerns
 * @param address IP address that the call came from
 * @param credential the session of the portal, or the API token
 * @param reason of the administrator
 * @param source the webhook, poll or import that the command comes from
 * @param event the primary event of the change
 * @param deliveries of this event to endpoints, in timelines only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditView(
    long id,
    Instant at,
    String actor,
    String action,
    @Nullable UUID connection,
    @Nullable UUID resource,
    int status,
    @Nullable UUID command,
    @Nullable String refused,
    List<Repaired> repairs,
    @Nullable Object changes,
    @Nullable Object members,
    @Nullable Object schema,
    @Nullable Object about,
    @Nullable String address,
    @Nullable String credential,
    @Nullable String reason,
    @Nullable Object source,
    @Nullable EventView event,
    @Nullable List<DeliveryView> deliveries) {

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Repaired(String quirk, @Nullable String path) {}

  /** An event; {@code sequence} and {@code announcedAt} are absent until it is sent. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record EventView(
      UUID id, String type, long version, @Nullable Long sequence, @Nullable Instant announcedAt) {

    static EventView of(Announced it) {
      return new EventView(
          it.id(),
          CloudEvent.type(it.resourceType(), it.type()),
          it.version(),
          it.sequence(),
          it.at());
    }
  }

  /**
   * An attempt to deliver the event to an endpoint, or, with {@code due}, a delivery that waits.
   *
   * @param status of HTTP; absent when there was no answer
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record DeliveryView(
      String endpoint,
      @Nullable Instant at,
      @Nullable Integer status,
      @Nullable String problem,
      @Nullable Instant due) {

    static DeliveryView of(Timeline.Delivery it) {
      return new DeliveryView(it.endpoint(), it.at(), it.status(), it.problem(), it.due());
    }
  }

  /** An entry of the timeline of one user, with values. */
  static AuditView of(Entry entry) {
    return of(entry, entry.detail().get("changes"));
  }

  /** An entry of the log of a tenant: paths and operations of the changes, without values. */
  static AuditView withoutValues(Entry entry) {
    JsonNode changes = entry.detail().deepCopy().get("changes");
    if (changes != null) {
      changes.forEach(it -> ((ObjectNode) it).retain("path", "op"));
    }
    return of(entry, changes);
  }

  private static AuditView of(Entry entry, @Nullable JsonNode changes) {
    JsonNode detail = entry.detail();
    List<Repaired> repairs = new ArrayList<>();
    detail.path("repairs").forEach(it -> repairs.add(repaired(it.asText())));
    return new AuditView(
        entry.id(),
        entry.at(),
        entry.actor(),
        entry.action(),
        entry.connection(),
        entry.resource(),
        entry.status(),
        entry.command(),
        Json.text(detail, "refused"),
        repairs,
        tree(changes, new TypeReference<List<Object>>() {}),
        tree(detail.get("members"), new TypeReference<Map<String, Object>>() {}),
        tree(detail.get("schema"), new TypeReference<Map<String, Object>>() {}),
        tree(detail.get("about"), new TypeReference<Map<String, Object>>() {}),
        entry.address(),
        entry.credential(),
        Json.text(detail, "reason"),
        tree(detail.get("source"), new TypeReference<Map<String, Object>>() {}),
        entry.event() == null ? null : EventView.of(entry.event()),
        null);
  }

  /** The entry with the deliveries of its event; without them when there are none. */
  AuditView delivered(List<Timeline.Delivery> all) {
    UUID announced = event == null ? null : event.id();
    List<DeliveryView> mine =
        all.stream().filter(it -> it.event().equals(announced)).map(DeliveryView::of).toList();
    return mine.isEmpty()
        ? this
        : new AuditView(
            id,
            at,
            actor,
            action,
            connection,
            resource,
            status,
            command,
            refused,
            repairs,
            changes,
            members,
            schema,
            about,
            address,
            credential,
            reason,
            source,
            event,
            mine);
  }

  /** Members who joined or left, of each at most so many; ids that are none are left out. */
  List<UUID> someMembers(int limit) {
    List<UUID> some = new ArrayList<>();
    if (members instanceof Map<?, ?> map) {
      for (String side : List.of("added", "removed")) {
        if (map.get(side) instanceof List<?> ids) {
          ids.stream()
              .limit(limit)
              .flatMap(it -> ResourceId.of(String.valueOf(it)).stream())
              .forEach(some::add);
        }
      }
    }
    return some;
  }

  private static Repaired repaired(String text) {
    String[] parts = text.split(" ", 2);
    return new Repaired(parts[0], parts.length == 1 ? null : parts[1]);
  }

  private static <T> @Nullable T tree(@Nullable JsonNode node, TypeReference<T> type) {
    return node == null ? null : Json.MAPPER.convertValue(node, type);
  }
}
