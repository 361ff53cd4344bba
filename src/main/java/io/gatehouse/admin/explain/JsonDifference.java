package io.gatehouse.admin.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place at which two JSON documents differ.
 *
 * @param path a JSON pointer (RFC 6901); empty for the whole document
 * @param before null when there was nothing
 * @param after null when there is nothing any more
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JsonDifference(String path, @Nullable Object before, @Nullable Object after) {

  private static final int MAX = 100;

  /** The differences, the deepest possible places, in the order of the documents; at most 100. */
  static List<JsonDifference> between(JsonNode before, JsonNode after) {
    List<JsonDifference> found = new ArrayList<>();
    compare(found, "", before, after);
    return found;
  }

  private static void compare(
      List<JsonDifference> to, String path, JsonNode before, JsonNode after) {
    if (to.size() >= MAX || before.equals(after)) {
      return;
    }
    if (before.isObject() && after.isObject()) {
      for (String name : names(before, after)) {
        String place = path + "/" + name.replace("~", "~0").replace("/", "~1");
        compare(to, place, before.path(name), after.path(name));
      }
    } else if (before.isArray() && after.isArray() && before.size() == after.size()) {
      for (int i = 0; i < before.size(); i++) {
        compare(to, path + "/" + i, before.path(i), after.path(i));
      }
    } else {
      to.add(new JsonDifference(path, plain(before), plain(after)));
    }
  }

  private static Set<String> names(JsonNode before, JsonNode after) {
    Set<String> names = new LinkedHashSet<>();
    before.properties().stream().map(Map.Entry::getKey).forEach(names::add);
    after.properties().stream().map(Map.Entry::getKey).forEach(names::add);
    return names;
  }

  /** A value as Java objects, because Spring writes answers with another Jackson. */
  static @Nullable Object plain(JsonNode value) {
    return value.isMissingNode() ? null : Json.MAPPER.convertValue(value, Object.class);
  }
}
