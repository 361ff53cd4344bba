package io.gatehouse.edge;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Outcome.Snapshot;
import io.gatehouse.directory.ResourceQueries;
import io.gatehouse.directory.ResourceQueries.Found;
import io.gatehouse.directory.ResourceQueries.Reference;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Projection;
import io.gatehouse.scim.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Renders resources: the document, the server's own attributes, and the attributes that are derived
 * from memberships, reduced to the requested ones.
 */
final class ResourceRenderer {

  /** More members than this, in one answer, are streamed and never in memory together. */
  private static final int MANY_MEMBERS = 5_000;

  private final ResourceQueries resourceQueries;

  ResourceRenderer(ResourceQueries resourceQueries) {
    this.resourceQueries = resourceQueries;
  }

  /** Renders resources of one or more types, in the same order. */
  List<ObjectNode> shown(ScimRequest request, List<Found> resources, TypeProjections projections) {
    Optional<Map<UUID, List<Reference>>> members =
        resourceQueries.members(
            request.caller(),
            ids(resources, ResourceType.GROUP, "members", projections),
            MANY_MEMBERS);
    Map<UUID, List<Reference>> groups =
        resourceQueries.groupsOf(
            request.caller(), ids(resources, ResourceType.USER, "groups", projections));
    List<ObjectNode> all = new ArrayList<>();
    for (Found it : resources) {
      ObjectNode shown = shown(request, it.resource());
      Projection projection = projections.of(it.type());
      if (it.type() == ResourceType.GROUP && projection.shows("members")) {
        members.ifPresentOrElse(
            few -> shown.set("members", members(request, few.get(it.id()))),
            () -> shown.putPOJO("members", streamed(request, it.id(), projection)));
      }
      putGroups(
          shown, request, it.groups().orElseGet(() -> groups.getOrDefault(it.id(), List.of())));
      all.add(projection.apply(shown));
    }
    return all;
  }

  /** Renders a resource that has no members and is in no group, without a query. */
  static ObjectNode withoutMemberships(
      ScimRequest request, Snapshot resource, TypeProjections projections) {
    ObjectNode shown = shown(request, resource);
    if (resource.type() == ResourceType.GROUP) {
      shown.putArray("members");
    }
    return projections.of(resource.type()).apply(shown);
  }

  /** The resources whose attribute is shown and was not read with them. */
  private static List<UUID> ids(
      List<Found> resources, ResourceType type, String attribute, TypeProjections projections) {
    List<UUID> ids = new ArrayList<>();
    for (Found it : resources) {
      boolean known = type == ResourceType.USER && it.groups().isPresent();
      if (it.type() == type && !known && projections.of(type).shows(attribute)) {
        ids.add(it.id());
      }
    }
    return ids;
  }

  static String location(ScimRequest request, ResourceType type, UUID id) {
    return request.line().base() + "/" + type.endpoint() + "/" + id;
  }

  /** The resource with the attributes that only the server writes (RFC 7643 section 3.1). */
  private static ObjectNode shown(ScimRequest request, Snapshot snapshot) {
    ObjectNode document = request.catalogue().shown(snapshot.type(), snapshot.document());
    ObjectNode shown = Json.object();
    shown.set("schemas", document.path("schemas"));
    shown.put("id", snapshot.id().toString());
    shown.setAll(document);
    shown
        .putObject("meta")
        .put("resourceType", snapshot.type().label())
        .put("created", snapshot.created().toString())
        .put("lastModified", snapshot.modified().toString())
        .put("location", location(request, snapshot.type(), snapshot.id()))
        .put("version", snapshot.etag());
    return shown;
  }

  private static ArrayNode members(ScimRequest request, @Nullable List<Reference> members) {
    ArrayNode shown = Json.array();
    if (members != null) {
      members.forEach(it -> shown.add(member(request, it)));
    }
    return shown;
  }

  private static ObjectNode member(ScimRequest request, Reference it) {
    return reference(request, it).put("type", it.type().label());
  }

  private StreamedMembers streamed(ScimRequest request, UUID group, Projection projection) {
    return new StreamedMembers(
        shown ->
            resourceQueries.eachMember(
                request.caller(),
                group,
                it -> shown.accept(projection.element("members", member(request, it)))));
  }

  private static void putGroups(ObjectNode shown, ScimRequest request, List<Reference> groups) {
    if (!groups.isEmpty()) {
      ArrayNode all = shown.putArray("groups");
      groups.forEach(it -> all.add(reference(request, it).put("type", "direct")));
    }
  }

  private static ObjectNode reference(ScimRequest request, Reference it) {
    return Json.object()
        .put("value", it.id().toString())
        .put("$ref", location(request, it.type(), it.id()))
        .put("display", it.display());
  }
}
