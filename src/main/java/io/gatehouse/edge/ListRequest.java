package io.gatehouse.edge;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.directory.ResourceQuery;
import io.gatehouse.scim.FilterCondition;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ProtocolMessage;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.ScimError;
import io.gatehouse.scim.ScimException;
import io.gatehouse.scim.SortKey;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a search, from a query string or from a SearchRequest message (RFC 7644 3.4.2,
 * 3.4.3).
 */
public record ListRequest(Map<String, String> parameters) {

  public static final String SEARCH_REQUEST = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";
  private static final List<String> NAMES =
      List.of(
          "filter",
          "sortBy",
          "sortOrder",
          "startIndex",
          "count",
          "cursor",
          "attributes",
          "excludedAttributes");

  private static final String CURSOR = "cursor";

  /**
   * The parameters of a query string: the first value of each, under the RFC's spelling of its
   * name.
   *
   * @param query the decoded parameters of the container
   */
  public static Map<String, String> parameters(Map<String, String[]> query) {
    Map<String, String> parameters = new HashMap<>();
    query.forEach((name, values) -> parameters.putIfAbsent(canonical(name), values[0]));
    return parameters;
  }

  private static String canonical(String name) {
    for (String known : NAMES) {
      if (known.equalsIgnoreCase(name)) {
        return known;
      }
    }
    return name;
  }

  /**
   * Reads a SearchRequest.
   *
   * @throws ScimException 400 invalidSyntax when the body is no SearchRequest
   */
  static ListRequest of(JsonNode body) {
    ProtocolMessage message = ProtocolMessage.of(body, SEARCH_REQUEST);
    Map<String, String> parameters = new HashMap<>();
    for (String name : NAMES) {
      JsonNode value = message.get(name);
      if (value.isArray()) {
        StringBuilder list = new StringBuilder();
        value.forEach(it -> list.append(list.isEmpty() ? "" : ",").append(it.asText()));
        parameters.put(name, list.toString());
      } else if (!Json.unassigned(value)) {
        parameters.put(name, value.asText());
      }
    }
    return new ListRequest(parameters);
  }

  @Nullable String get(String name) {
    return parameters.get(name);
  }

  boolean hasCursor() {
    return parameters.containsKey(CURSOR);
  }

  int startIndex() {
    return Math.max(1, number("startIndex", 1));
  }

  /** The requested page size, within bounds; {@code otherwise} when the client names none. */
  int count(int otherwise) {
    return Math.min(RequestLimits.MAX_RESULTS, Math.max(0, number("count", otherwise)));
  }

  private int number(String name, int otherwise) {
    String text = parameters.get(name);
    try {
      return text == null ? otherwise : clamped(new BigInteger(text.strip()));
    } catch (NumberFormatException e) {
      throw ScimException.invalidValue("'" + name + "' must be an integer.");
    }
  }

  private static int clamped(BigInteger number) {
    return number.min(BigInteger.valueOf(Integer.MAX_VALUE)).max(BigInteger.ZERO).intValue();
  }

  /** The cursor to continue from; null for the first page. */
  @Nullable PageCursor cursor(String seal, String query, Instant now) {
    String text = parameters.getOrDefault(CURSOR, "");
    if (parameters.containsKey("startIndex")) {
      throw ScimException.invalidValue("'cursor' and 'startIndex' exclude each other.");
    }
    if (text.isEmpty()) {
      return null;
    }
    PageCursor cursor = PageCursor.verified(text, seal);
    if (!cursor.query().equals(query)) {
      throw PageCursor.invalid();
    }
    if (cursor.at().plus(RequestLimits.CURSOR_TIMEOUT).isBefore(now)) {
      throw new ScimException(ScimError.badRequest("expiredCursor", "The cursor has expired."));
    }
    if (count(cursor.count()) != cursor.count()) {
      throw new ScimException(
          ScimError.badRequest("invalidCount", "'count' must stay the same on all pages."));
    }
    return cursor;
  }

  /** The selection among the resources of one type. */
  ResourceQuery.Selected selected(ResourceDefinition definition, ResourceDefinition... all) {
    String filter = get("filter");
    String sortBy = get("sortBy");
    return new ResourceQuery.Selected(
        definition.type(),
        filter == null ? null : FilterCondition.parse(definition, filter, all),
        sortBy == null ? null : SortKey.of(definition, sortBy, get("sortOrder"), all));
  }

  /** A text of the parameters that must not change between the pages of a search. */
  String fingerprint(String path) {
    return Json.text(
        Json.object()
            .put("path", path)
            .put("filter", get("filter"))
            .put("sortBy", get("sortBy"))
            .put("sortOrder", get("sortOrder"))
            .put("attributes", get("attributes"))
            .put("excludedAttributes", get("excludedAttributes")));
  }
}
