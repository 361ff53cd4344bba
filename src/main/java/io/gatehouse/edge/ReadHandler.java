package io.gatehouse.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.directory.Preconditions;
import io.gatehouse.directory.ResourceQueries;
import io.gatehouse.directory.ResourceQueries.Found;
import io.gatehouse.directory.ResourceQueries.Key;
import io.gatehouse.directory.ResourceQuery;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.ScimError;
import io.gatehouse.scim.ScimException;
import io.gatehouse.store.SlowQueryException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers reads directly from the store, so that an answered write is visible (RFC 7644 section
 * 3.4).
 */
public final class ReadHandler {

  private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

  private final ResourceQueries resourceQueries;
  private final ResourceRenderer renderer;
  private final Clock clock;

  public ReadHandler(ResourceQueries resourceQueries, Clock clock) {
    this.resourceQueries = resourceQueries;
    this.renderer = new ResourceRenderer(resourceQueries);
    this.clock = clock;
  }

  /**
   * Answers a GET, or a POST to {@code .search}.
   *
   * @throws ScimException 404 for an unknown resource, 400 for a bad filter or page, or a search
   *     that costs too much
   */
  public ScimResponse answer(ScimRequest request) {
    if (request.line().method().equals("POST")) {
      String searched = request.line().path().replace(".search", "");
      return list(request, types(searched), ListRequest.of(request.body()));
    }
    String path = request.line().path();
    return path.contains("/")
        ? one(request, ResourceTarget.of(path))
        : list(request, types(path), new ListRequest(request.line().parameters()));
  }

  /** The types of a path; at the root, all types are searched (RFC 7644 section 3.4.2.1). */
  private static List<ResourceType> types(String path) {
    return path.isEmpty()
        ? List.of(ResourceType.values())
        : List.of(ResourceTarget.of(path).type());
  }

  private ScimResponse one(ScimRequest request, ResourceTarget target) {
    ResourceType type = target.type();
    UUID id = target.requireId();
    boolean groups = !request.line().parameters().containsKey("attributes");
    Found found =
        find(request, new Key(type, id), groups)
            .orElseThrow(
                () ->
                    new ScimException(
                        ScimError.notFound("There is no " + type.label() + " " + id + ".")));
    String known = request.conditions().ifNoneMatch();
    if (known != null && Preconditions.listed(known, found.resource().version())) {
      return new ScimResponse(304, Map.of("ETag", found.resource().etag()), null);
    }
    TypeProjections projections =
        TypeProjections.of(request, new ListRequest(request.line().parameters()));
    ObjectNode shown = renderer.shown(request, List.of(found), projections).get(0);
    return ScimResponse.resource(200, request, found.resource(), shown);
  }

  private Optional<Found> find(ScimRequest request, Key key, boolean groups) {
    return resourceQueries.find(
        request.caller(), key.type(), key.id(), groups && key.type() == ResourceType.USER);
  }

  private ScimResponse list(ScimRequest request, List<ResourceType> types, ListRequest wanted) {
    TypeProjections projections = TypeProjections.of(request, wanted);
    List<ResourceQuery.Selected> from = selected(request, types, wanted);
    int cost = QueryCost.require(from);
    String fingerprint = wanted.hasCursor() ? wanted.fingerprint(request.line().path()) : "";
    PageCursor cursor =
        wanted.hasCursor()
            ? wanted.cursor(request.client().cursorKey(), fingerprint, clock.instant())
            : null;
    int count = wanted.count(cursor == null ? RequestLimits.DEFAULT_COUNT : cursor.count());
    ResourceQueries.Page page =
        page(
            request,
            new ResourceQuery(from, window(wanted, cursor, count), readsGroups(types, projections)),
            cost);

    ObjectNode body = Json.object();
    body.putArray("schemas").add(LIST);
    page.total().ifPresent(total -> body.put("totalResults", total));
    body.put("itemsPerPage", page.size());
    if (wanted.hasCursor()) {
      page.next()
          .map(next -> new PageCursor(next, count, fingerprint, clock.instant()))
          .ifPresent(next -> body.put("nextCursor", next.signed(request.client().cursorKey())));
    } else {
      body.put("startIndex", wanted.startIndex());
    }
    putResources(body, request, page, projections);
    return new ScimResponse(200, Map.of(), body);
  }

  private static boolean readsGroups(List<ResourceType> types, TypeProjections projections) {
    return types.contains(ResourceType.USER) && projections.of(ResourceType.USER).shows("groups");
  }

  private void putResources(
      ObjectNode body,
      ScimRequest request,
      ResourceQueries.Page page,
      TypeProjections projections) {
    if (page.rest().isEmpty()) {
      body.putArray("Resources").addAll(renderer.shown(request, page.resources(), projections));
    } else {
      body.putPOJO(
          "Resources", new StreamedMembers(shown -> show(request, page, projections, shown)));
    }
  }

  /** Shows each resource of the page; one that was deleted since the search is left out. */
  private void show(
      ScimRequest request,
      ResourceQueries.Page page,
      TypeProjections projections,
      Consumer<JsonNode> shown) {
    renderer.shown(request, page.resources(), projections).forEach(shown);
    for (Key key : page.rest()) {
      List<Found> one =
          find(request, key, projections.of(key.type()).shows("groups")).stream().toList();
      renderer.shown(request, one, projections).forEach(shown);
    }
  }

  /**
   * Finds a page. When a cheap search times out, the database is slow and the search is not at
   * fault.
   */
  private ResourceQueries.Page page(ScimRequest request, ResourceQuery query, int cost) {
    try {
      return resourceQueries.find(request.caller(), query);
    } catch (SlowQueryException e) {
      throw QueryCost.isCheap(cost)
          ? e
          : new ScimException(
              ScimError.badRequest(
                  "tooMany", "The search takes longer than allowed; narrow it, or ask for less."));
    }
  }

  private static ResourceQuery.Window window(
      ListRequest wanted, @Nullable PageCursor cursor, int count) {
    if (cursor != null) {
      return new ResourceQuery.Window(0, count, cursor.position(), false);
    }
    return new ResourceQuery.Window(
        wanted.hasCursor() ? 0 : wanted.startIndex() - 1, count, null, true);
  }

  /** In a search over several types, an attribute that a type lacks counts as absent there. */
  private static List<ResourceQuery.Selected> selected(
      ScimRequest request, List<ResourceType> types, ListRequest wanted) {
    ResourceDefinition[] all =
        types.stream().map(request.catalogue()::definition).toArray(ResourceDefinition[]::new);
    return Arrays.stream(all).map(it -> wanted.selected(it, all)).toList();
  }
}
