package io.gatehouse.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Outcome.Snapshot;
import io.gatehouse.directory.Listing;
import io.gatehouse.directory.Preconditions;
import io.gatehouse.directory.Query;
import io.gatehouse.directory.SlowQueryException;
import io.gatehouse.scim.Definition;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Refusal;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.ScimException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers reads straight from the store, so that a write that was answered is seen (RFC 7644
 * section 3.4).
 */
public final class Reads {

  private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

  private final Listing listing;
  private final Presentation presentation;
  private final Clock clock;

  public Reads(Listing listing, Clock clock) {
    this.listing = listing;
    this.presentation = new Presentation(listing);
    this.clock = clock;
  }

  /**
   * Answers a GET, or a POST to {@code .search}.
   *
   * @throws ScimException 404 for an unknown resource, 400 for a bad filter or page, or a search
   *     that costs too much
   */
  public ScimAnswer answer(ScimRequest request) {
    if (request.line().method().equals("POST")) {
      String searched = request.line().path().replace(".search", "");
      return list(request, types(searched), ListRequest.of(request.body()));
    }
    String path = request.line().path();
    return path.contains("/")
        ? one(request, Target.of(path))
        : list(request, types(path), new ListRequest(request.line().parameters()));
  }

  /** At the root, all types are searched (RFC 7644 section 3.4.2.1). */
  private static List<ResourceType> types(String path) {
    return path.isEmpty() ? List.of(ResourceType.values()) : List.of(Target.of(path).type());
  }

  private ScimAnswer one(ScimRequest request, Target target) {
    ResourceType type = target.type();
    UUID id = target.requireId();
    Snapshot found =
        listing
            .find(request.caller(), type, id)
            .orElseThrow(
                () ->
                    new ScimException(
                        Refusal.notFound("There is no " + type.label() + " " + id + ".")));
    String known = request.conditions().ifNoneMatch();
    if (known != null && Preconditions.listed(known, found.version())) {
      return new ScimAnswer(304, Map.of("ETag", found.etag()), null);
    }
    Projections projections = Projections.of(request, new ListRequest(request.line().parameters()));
    ObjectNode shown = presentation.shown(request, List.of(found), projections).get(0);
    return ScimAnswer.resource(200, request, found, shown);
  }

  private ScimAnswer list(ScimRequest request, List<ResourceType> types, ListRequest wanted) {
    Projections projections = Projections.of(request, wanted);
    List<Query.Selected> from = selected(request, types, wanted);
    int cost = QueryCost.require(from);
    String fingerprint = wanted.fingerprint(request.line().path());
    Cursor cursor =
        wanted.hasCursor()
            ? wanted.cursor(request.client().seal(), fingerprint, clock.instant())
            : null;
    int count = wanted.count(cursor == null ? Limits.DEFAULT_COUNT : cursor.count());
    Listing.Page page = page(request, new Query(from, window(wanted, cursor, count)), cost);

    ObjectNode body = Json.object();
    body.putArray("schemas").add(LIST);
    page.total().ifPresent(total -> body.put("totalResults", total));
    body.put("itemsPerPage", page.size());
    if (wanted.hasCursor()) {
      page.next()
          .map(next -> new Cursor(next, count, fingerprint, clock.instant()))
          .ifPresent(next -> body.put("nextCursor", next.sealed(request.client().seal())));
    } else {
      body.put("startIndex", wanted.startIndex());
    }
    putResources(body, request, page, projections);
    return new ScimAnswer(200, Map.of(), body);
  }

  private void putResources(
      ObjectNode body, ScimRequest request, Listing.Page page, Projections projections) {
    if (page.rest().isEmpty()) {
      body.putArray("Resources").addAll(presentation.shown(request, page.resources(), projections));
    } else {
      body.putPOJO(
          "Resources", new StreamedMembers(shown -> show(request, page, projections, shown)));
    }
  }

  /** One that was deleted since the page was found is left out. */
  private void show(
      ScimRequest request, Listing.Page page, Projections projections, Consumer<JsonNode> shown) {
    presentation.shown(request, page.resources(), projections).forEach(shown);
    for (Listing.Key key : page.rest()) {
      List<Snapshot> one = listing.find(request.caller(), key.type(), key.id()).stream().toList();
      presentation.shown(request, one, projections).forEach(shown);
    }
  }

  /** A search that should have been quick is not at fault when the database is slow. */
  private Listing.Page page(ScimRequest request, Query query, int cost) {
    try {
      return listing.find(request.caller(), query);
    } catch (SlowQueryException e) {
      throw QueryCost.isCheap(cost)
          ? e
          : new ScimException(
              Refusal.badRequest(
                  "tooMany", "The search takes longer than allowed; narrow it, or ask for less."));
    }
  }

  private static Query.Window window(ListRequest wanted, @Nullable Cursor cursor, int count) {
    if (cursor != null) {
      return new Query.Window(0, count, cursor.position(), false);
    }
    return new Query.Window(wanted.hasCursor() ? 0 : wanted.startIndex() - 1, count, null, true);
  }

  /** In a search over several types an attribute that one of them lacks counts as absent there. */
  private static List<Query.Selected> selected(
      ScimRequest request, List<ResourceType> types, ListRequest wanted) {
    Definition[] all =
        types.stream().map(request.catalogue()::definition).toArray(Definition[]::new);
    return Arrays.stream(all).map(it -> wanted.selected(it, all)).toList();
  }
}
