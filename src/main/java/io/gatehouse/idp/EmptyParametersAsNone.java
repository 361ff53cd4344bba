package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.edge.ScimRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * BUG-78: {@code /Users?filter=&count=10} becomes {@code /Users?count=10}; in a SearchRequest
 * {@code {"filter": "", "count": 10}} becomes {@code {"count": 10}}. An empty {@code cursor} stays:
 * it asks for the first page (RFC 9865).
 */
final class EmptyParametersAsNone implements Quirk {

  private static final String NAME = "empty-parameters-as-none";
  private static final String CURSOR = "cursor";

  @Override
  public ScimRequest fix(ScimRequest request) {
    Map<String, String> parameters = request.line().parameters();
    ScimRequest asked = parameters.isEmpty() ? request : query(request, parameters);
    return request.line().path().endsWith(".search") ? search(asked) : asked;
  }

  private static ScimRequest query(ScimRequest request, Map<String, String> sent) {
    Map<String, String> parameters = new HashMap<>(sent);
    Set<String> empty = new TreeSet<>();
    parameters.forEach(
        (name, value) -> {
          if (value.isBlank() && !name.equals(CURSOR)) {
            empty.add(name);
          }
        });
    empty.forEach(parameters::remove);
    return empty.isEmpty() ? request : request.asking(NAME, parameters, empty);
  }

  private static ScimRequest search(ScimRequest request) {
    Set<String> empty = new TreeSet<>();
    for (Map.Entry<String, JsonNode> member : request.body().properties()) {
      if (isEmpty(member.getValue()) && !member.getKey().equalsIgnoreCase(CURSOR)) {
        empty.add(member.getKey());
      }
    }
    if (empty.isEmpty()) {
      return request;
    }
    ObjectNode body = CopyOnWrite.copy(request.body()).without(empty);
    return request.repaired(NAME, empty, body);
  }

  private static boolean isEmpty(JsonNode value) {
    return (value.isTextual() && value.asText().isBlank()) || (value.isArray() && value.isEmpty());
  }
}
