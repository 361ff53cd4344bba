package io.gatehouse.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Command;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.Outcome.Snapshot;
import io.gatehouse.directory.ResourceQueries;
import io.gatehouse.directory.ResourceQueries.Found;
import io.gatehouse.directory.ResourceQueries.Reference;
import io.gatehouse.scim.Projection;
import io.gatehouse.scim.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Translates the outcome of a write into its answer. */
public final class WriteResponses {

  /**
   * A group with more members than this is answered without a body after a PATCH (RFC 7644 section
   * 3.5.2).
   */
  private static final int MANY_MEMBERS = 1_000;

  private final ResourceQueries resourceQueries;
  private final ResourceRenderer renderer;

  public WriteResponses(ResourceQueries resourceQueries) {
    this.resourceQueries = resourceQueries;
    this.renderer = new ResourceRenderer(resourceQueries);
  }

  /**
   * The answer to a request.
   *
   * @param command what the request asked for
   */
  public ScimResponse to(ScimRequest request, Command command, Outcome outcome) {
    if (outcome instanceof Outcome.Created created) {
      Snapshot resource = created.resource();
      TypeProjections projections = projections(request, resource.type());
      ObjectNode shown =
          isWithoutMemberships(command, resource)
              ? ResourceRenderer.withoutMemberships(request, resource, projections)
              : shown(request, new Found(resource, Optional.empty()), projections);
      return ScimResponse.resource(201, request, resource, shown);
    }
    if (outcome instanceof Outcome.Updated updated) {
      return updated(request, updated);
    }
    if (outcome instanceof Outcome.Refused refused) {
      return ScimResponse.refusal(refused.refusal());
    }
    return new ScimResponse(204, Map.of(), null);
  }

  /**
   * Whether the resource has no members and is in no group, so that no query is needed. Only a
   * resource with the id of the command is new; a restored one, a linked one and the one of a
   * repeated request have the id that they had before. A late answer shows the first version, and
   * has its ETag.
   */
  private static boolean isWithoutMemberships(Command command, Snapshot resource) {
    return command instanceof Command.Create create
        && create.target().equals(resource.id())
        && create.resource().path("members").isEmpty();
  }

  private ScimResponse updated(ScimRequest request, Outcome.Updated updated) {
    Snapshot resource = updated.resource();
    boolean brief =
        request.line().method().equals("PATCH")
            && !request.line().parameters().containsKey("attributes")
            && !request.line().parameters().containsKey("excludedAttributes")
            && (request.conditions().minimal() || hasManyMembers(request, resource));
    return brief
        ? new ScimResponse(204, Map.of("ETag", resource.etag()), null)
        : resource(200, request, new Found(resource, updated.groups().map(WriteResponses::groups)));
  }

  private boolean hasManyMembers(ScimRequest request, Snapshot resource) {
    return resource.type() == ResourceType.GROUP
        && resourceQueries.hasMoreMembers(request.caller(), resource.id(), MANY_MEMBERS);
  }

  private static List<Reference> groups(List<Outcome.GroupName> groups) {
    return groups.stream()
        .map(it -> new Reference(it.id(), ResourceType.GROUP, it.name()))
        .toList();
  }

  private ScimResponse resource(int status, ScimRequest request, Found found) {
    ObjectNode shown = shown(request, found, projections(request, found.type()));
    return ScimResponse.resource(status, request, found.resource(), shown);
  }

  private ObjectNode shown(ScimRequest request, Found found, TypeProjections projections) {
    return renderer.shown(request, List.of(found), projections).get(0);
  }

  private static TypeProjections projections(ScimRequest request, ResourceType type) {
    ListRequest wanted = new ListRequest(request.line().parameters());
    Projection projection = TypeProjections.of(request, wanted).of(type).with(request.body());
    return new TypeProjections(Map.of(type, projection));
  }
}
