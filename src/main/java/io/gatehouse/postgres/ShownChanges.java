package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.scim.ConformingValues;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.Schemas;
import io.gatehouse.scim.Schemas.Retired;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Filters changes for subscribers after an extension was deleted or narrowed. Values that it no
 * longer defines are removed, also from changes that were announced with them before, and however
 * long ago the job has ended. The log may keep a change for ever.
 */
final class ShownChanges {

  /**
   * How long after the end of a job another gateway with cached schemas may still announce values.
   */
  private static final Duration LATE = Duration.ofDays(1);

  private final Map<UUID, Past> tenants;

  private ShownChanges(Map<UUID, Past> tenants) {
    this.tenants = tenants;
  }

  /**
   * The deleted and narrowed schemas of a tenant.
   *
   * @param until the time after which changes have no such values
   */
  private record Past(Schemas catalogue, Instant until) {}

  /** Loads the deleted and narrowed schemas of these tenants in one small query; most have none. */
  static ShownChanges of(JdbcClient jdbc, Collection<UUID> tenants) {
    Map<UUID, Past> retired = new HashMap<>();
    if (!tenants.isEmpty()) {
      jdbc.sql(
              """
              select tenant_id, jsonb_agg(distinct jsonb_build_object('type', resource_type, 'urn', lower(urn)))::text,
                     max(ended_at), bool_or(ended_at is null)
                from schema_change
               where tenant_id = any(?::uuid[])
               group by tenant_id
              """)
          .param(array("uuid", Set.copyOf(tenants), it -> it))
          .query(
              row -> {
                Set<Retired> urns = PostgresTenantSchemas.retired(row.getString(2));
                Instant until =
                    row.getBoolean(4)
                        ? Instant.MAX
                        : Objects.requireNonNull(ColumnValues.instant(row, "max")).plus(LATE);
                retired.put(
                    row.getObject(1, UUID.class),
                    new Past(new Schemas(List.of(), false, urns), until));
              });
    }
    return retired.isEmpty()
        ? new ShownChanges(Map.of())
        : new ShownChanges(defined(jdbc, retired));
  }

  private static Map<UUID, Past> defined(JdbcClient jdbc, Map<UUID, Past> retired) {
    Map<UUID, Past> tenants = new HashMap<>();
    PostgresTenantSchemas.rules(jdbc, retired.keySet())
        .forEach(
            (tenant, rules) -> {
              Past past = Objects.requireNonNull(retired.get(tenant));
              Schemas now =
                  new Schemas(rules.catalogue().custom(), false, past.catalogue().retired());
              tenants.put(tenant, new Past(now, past.until()));
            });
    return tenants;
  }

  /** Filters changes of one tenant. */
  static List<Announcement> of(JdbcClient jdbc, UUID tenant, List<Announcement> changes) {
    if (changes.isEmpty()) {
      return changes;
    }
    ShownChanges shown = of(jdbc, List.of(tenant));
    return changes.stream().map(it -> shown.of(tenant, it)).toList();
  }

  /** Filters a change of one of the tenants. */
  Announcement of(UUID tenant, Announcement change) {
    Past past = tenants.get(tenant);
    return past == null || change.subject().time().isAfter(past.until())
        ? change
        : of(past.catalogue(), change);
  }

  private static Announcement of(Schemas schemas, Announcement change) {
    ResourceType type = ResourceType.labelled(change.subject().resourceType()).orElseThrow();
    ObjectNode data = Json.stored(change.data());
    if (data.get("resource") instanceof ObjectNode resource) {
      data.set("resource", schemas.shown(type, resource));
    }
    if (data.get("changes") instanceof ArrayNode changes) {
      ResourceDefinition definition = schemas.definition(type);
      Iterator<JsonNode> each = changes.iterator();
      while (each.hasNext()) {
        if (each.next() instanceof ObjectNode one && !isLeft(definition, one)) {
          each.remove();
        }
      }
    }
    return new Announcement(
        change.sequence(),
        change.eventId(),
        change.tenantSlug(),
        change.subject(),
        change.type(),
        Json.text(data));
  }

  /**
   * Whether a changed path stays: the removal of a value may be announced without the value, an
   * addition may not.
   */
  private static boolean isLeft(ResourceDefinition definition, ObjectNode change) {
    String path = change.path("path").asText();
    if (definition.retired().stream().noneMatch(urn -> isBelow(urn, path))) {
      return true;
    }
    boolean came = change.has("new");
    for (String side : List.of("old", "new")) {
      JsonNode value = change.remove(side);
      Optional<JsonNode> left =
          value == null ? Optional.empty() : ConformingValues.at(definition, path, value);
      left.ifPresent(it -> change.set(side, it));
    }
    return !came || change.has("new");
  }

  private static boolean isBelow(String urn, String path) {
    return path.regionMatches(true, 0, urn, 0, urn.length())
        && (path.length() == urn.length() || path.charAt(urn.length()) == ':');
  }
}
