package io.gatehouse.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.scim.AttributePath;
import io.gatehouse.scim.Catalogue;
import io.gatehouse.scim.Definition;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceType;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Changes as subscribers may read them after an extension was deleted or narrowed: without values
 * that it does not define any more, also when they were announced with them before.
 */
final class ShownChanges {

  private ShownChanges() {}

  /** The same changes of one tenant. */
  static List<Announcement> of(JdbcClient jdbc, UUID tenant, List<Announcement> changes) {
    if (changes.isEmpty()) {
      return changes;
    }
    Catalogue catalogue =
        Objects.requireNonNull(PostgresCatalogues.rules(jdbc, List.of(tenant)).get(tenant))
            .catalogue();
    return changes.stream().map(it -> of(catalogue, it)).toList();
  }

  /** The same change, in a tenant with these schemas. */
  static Announcement of(Catalogue catalogue, Announcement change) {
    if (catalogue.retired().isEmpty()) {
      return change;
    }
    ResourceType type = ResourceType.labelled(change.subject().resourceType()).orElseThrow();
    ObjectNode data = Json.stored(change.data());
    if (data.get("resource") instanceof ObjectNode resource) {
      data.set("resource", catalogue.shown(type, resource));
    }
    if (data.get("changes") instanceof ArrayNode changes) {
      Definition definition = catalogue.definition(type);
      changes.removeIf(it -> isHidden(definition, it));
    }
    return new Announcement(
        change.sequence(),
        change.eventId(),
        change.tenantSlug(),
        change.subject(),
        change.type(),
        Json.text(data));
  }

  /** That a value went may be said; which one came, not any more. */
  private static boolean isHidden(Definition definition, JsonNode change) {
    String path = change.path("path").asText();
    return definition.retired().stream()
            .anyMatch(urn -> path.regionMatches(true, 0, urn, 0, urn.length()))
        && !change.path("op").asText().equals("remove")
        && AttributePath.find(definition, path).isEmpty();
  }
}
