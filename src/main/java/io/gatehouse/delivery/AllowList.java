package io.gatehouse.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import java.util.Set;

/**
 * The attributes of a profile; all others are removed from the state and from the changes.
 *
 * @param allowed names of attributes, those of extensions with the URN before a colon; {@code *}
 *     for all
 */
record AllowList(Set<String> allowed) {

  private static final String EVERYTHING = "*";

  /** The allowed part of a resource. */
  ObjectNode project(JsonNode resource) {
    ObjectNode projection = Json.object();
    resource.properties().forEach(it -> add(projection, it.getKey(), it.getValue()));
    return projection;
  }

  private void add(ObjectNode to, String name, JsonNode value) {
    if (everything() || allowed.contains(name)) {
      to.set(name, value);
    } else if (name.startsWith("urn:") && value.isObject()) {
      ObjectNode visible = Json.object();
      value.properties().stream()
          .filter(it -> allowed.contains(name + ":" + it.getKey()))
          .forEach(it -> visible.set(it.getKey(), it.getValue()));
      if (!visible.isEmpty()) {
        to.set(name, visible);
      }
    }
  }

  /**
   * The allowed changes; a whole extension that was added or removed is reduced like a resource.
   */
  ArrayNode projectChanges(JsonNode changes) {
    ArrayNode projection = Json.array();
    for (JsonNode change : changes) {
      String path = change.path("path").asText();
      if (visible(path)) {
        projection.add(change);
      } else if (path.startsWith("urn:")) {
        projectExtension(projection, change);
      }
    }
    return projection;
  }

  private void projectExtension(ArrayNode to, JsonNode change) {
    String urn = change.path("path").asText();
    ObjectNode cut = Json.object().put("path", urn).put("op", change.path("op").asText());
    for (String side : Set.of("old", "new")) {
      JsonNode seen = project(Json.object().set(urn, change.path(side))).path(urn);
      if (!seen.isEmpty()) {
        cut.set(side, seen);
      }
    }
    if (cut.has("old") || cut.has("new")) {
      to.add(cut);
    }
  }

  private boolean everything() {
    return allowed.contains(EVERYTHING);
  }

  private boolean visible(String path) {
    return everything()
        || allowed.stream()
            .anyMatch(
                it -> path.equals(it) || path.startsWith(it + ".") || path.startsWith(it + "["));
  }
}
