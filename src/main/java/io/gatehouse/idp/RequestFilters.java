package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.AttributePath;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.ResourceType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Rewrites the filter of a search, in the query or in a SearchRequest. */
final class RequestFilters {

  private static final String FILTER = "filter";

  private RequestFilters() {}

  /** The request with a rewritten filter, and a record of the repair if the filter differs. */
  static ScimRequest rewritten(ScimRequest request, String quirk, UnaryOperator<String> rewriting) {
    if (request.line().path().endsWith(".search")) {
      return inBody(request, quirk, rewriting);
    }
    String filter = request.line().parameters().get(FILTER);
    String meant = filter == null ? null : bounded(filter, rewriting);
    return meant == null || meant.equals(filter) ? request : request.asking(quirk, meant);
  }

  private static ScimRequest inBody(
      ScimRequest request, String quirk, UnaryOperator<String> rewriting) {
    Optional<Map.Entry<String, JsonNode>> filter =
        request.body().properties().stream()
            .filter(it -> it.getKey().equalsIgnoreCase(FILTER) && it.getValue().isTextual())
            .findFirst();
    if (filter.isEmpty()) {
      return request;
    }
    String sent = filter.get().getValue().textValue();
    String meant = bounded(sent, rewriting);
    if (meant.equals(sent)) {
      return request;
    }
    ObjectNode body =
        CopyOnWrite.with(request.body(), filter.get().getKey(), TextNode.valueOf(meant));
    return request.repaired(quirk, List.of(FILTER), body);
  }

  /** Rewrites a filter within the limit; the parser refuses a longer one. */
  private static String bounded(String filter, UnaryOperator<String> rewriting) {
    return filter.length() > FilterText.MAX_LENGTH ? filter : rewriting.apply(filter);
  }

  /**
   * The request with the names in its filter rewritten by the quirk's rule for paths.
   *
   * @param mark a part of every name that the quirk rewrites, in any case
   */
  static ScimRequest renamed(ScimRequest request, RewritingQuirk quirk, String mark) {
    return rewritten(
        request,
        quirk.name(),
        filter ->
            FilterText.contains(filter, mark)
                ? FilterText.renamed(filter, name -> renamedName(request, quirk, name))
                : filter);
  }

  private static String renamedName(ScimRequest request, RewritingQuirk quirk, String name) {
    for (ResourceDefinition definition : definitions(request)) {
      String meant = quirk.path(definition, name);
      if (!meant.equals(name) && AttributePath.find(definition, meant).isPresent()) {
        return meant;
      }
    }
    return name;
  }

  /** The searched types; at the root, all types (RFC 7644 section 3.4.2.1). */
  static List<ResourceDefinition> definitions(ScimRequest request) {
    return request
        .definition()
        .map(List::of)
        .orElseGet(
            () ->
                Arrays.stream(ResourceType.values()).map(request.catalogue()::definition).toList());
  }
}
