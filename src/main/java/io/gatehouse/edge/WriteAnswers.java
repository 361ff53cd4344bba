package io.gatehouse.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.Outcome.Snapshot;
import io.gatehouse.directory.Listing;
import io.gatehouse.scim.Projection;
import io.gatehouse.scim.ResourceType;
import java.util.List;
import java.util.Map;

/** Turns the outcome of a write into its answer. */
public final class WriteAnswers {

  /** More members than this are not sent back for every change of one (RFC 7644 section 3.5.2). */
  private static final int MANY_MEMBERS = 1_000;

  private final Listing listing;
  private final Presentation presentation;

  public WriteAnswers(Listing listing) {
    this.listing = listing;
    this.presentation = new Presentation(listing);
  }

  public ScimAnswer to(ScimRequest request, Outcome outcome) {
    if (outcome instanceof Outcome.Created created) {
      return resource(201, request, created.resource());
    }
    if (outcome instanceof Outcome.Updated updated) {
      return updated(request, updated.resource());
    }
    if (outcome instanceof Outcome.Refused refused) {
      return ScimAnswer.refusal(refused.refusal());
    }
    return new ScimAnswer(204, Map.of(), null);
  }

  private ScimAnswer updated(ScimRequest request, Snapshot resource) {
    boolean brief =
        request.line().method().equals("PATCH")
            && !request.line().parameters().containsKey("attributes")
            && !request.line().parameters().containsKey("excludedAttributes")
            && (request.conditions().minimal() || hasManyMembers(request, resource));
    return brief
        ? new ScimAnswer(204, Map.of("ETag", resource.etag()), null)
        : resource(200, request, resource);
  }

  private boolean hasManyMembers(ScimRequest request, Snapshot resource) {
    return resource.type() == ResourceType.GROUP
        && listing.hasMoreMembers(request.caller(), resource.id(), MANY_MEMBERS);
  }

  private ScimAnswer resource(int status, ScimRequest request, Snapshot resource) {
    ListRequest wanted = new ListRequest(request.line().parameters());
    Projection projection =
        Projections.of(request, wanted).of(resource.type()).with(request.body());
    ObjectNode shown =
        presentation
            .shown(request, List.of(resource), new Projections(Map.of(resource.type(), projection)))
            .get(0);
    return ScimAnswer.resource(status, request, resource, shown);
  }
}
