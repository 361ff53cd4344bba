package io.gatehouse.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Ways into a document, from member to member. */
final class JsonPaths {

  private JsonPaths() {}

  /** What is there; missing when nothing is. */
  static JsonNode at(JsonNode document, List<String> path) {
    JsonNode node = document;
    for (String member : path) {
      node = node.path(member);
    }
    return node;
  }
}
