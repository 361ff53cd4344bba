package io.gatehouse.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.Outcome.Snapshot;
import io.gatehouse.directory.ResourceQueries;
import io.gatehouse.scim.Projection;
import io.gatehouse.scim.ResourceType;
import java.util.List;
import java.util.Map;

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

  public ScimResponse to(ScimRequest request, Outcome outcome) {
    if (outcome instanceof Outcome.Created created) {
      return resource(201, request, created.resource());
    }
    if (outcome instanceof Outcome.Updated updated) {
      return updated(request, updated.resource());
    }
    if (outcome instanceof Outcome.Refused refused) {
      return ScimResponse.refusal(refused.refusal());
    }
    return new ScimResponse(204, Map.of(), null);
  }

  private ScimResponse updated(ScimRequest request, Snapshot resource) {
    boolean brief =
        request.line().method().equals("PATCH")
            && !request.line().parameters().containsKey("attributes")
            && !request.line().parameters().containsKey("excludedAttributes")
            && (request.conditions().minimal() || hasManyMembers(request, resource));
    return brief
        ? new ScimResponse(204, Map.of("ETag", resource.etag()), null)
        : resource(200, request, resource);
  }

  private boolean hasManyMembers(ScimRequest request, Snapshot resource) {
    return resource.type() == ResourceType.GROUP
        && resourceQueries.hasMoreMembers(request.caller(), resource.id(), MANY_MEMBERS);
  }

  private ScimResponse resource(int status, ScimRequest request, Snapshot resource) {
    ListRequest wanted = new ListRequest(request.line().parameters());
    Projection projection =
        TypeProjections.of(request, wanted).of(resource.type()).with(request.body());
    ObjectNode shown =
        renderer
            .shown(
                request,
                List.of(resource),
                new TypeProjections(Map.of(resource.type(), projection)))
            .get(0);
    return ScimResponse.resource(status, request, resource, shown);
  }
}
