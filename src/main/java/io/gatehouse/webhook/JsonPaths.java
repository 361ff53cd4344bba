package io.gatehouse.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Reads values at paths of member names in a document. */
final class JsonPaths {

  private JsonPaths() {}

  /** The value at a path; a missing node when there is none. */
  static JsonNode at(JsonNode document, List<String> path) {
    JsonNode node = document;
    for (String member : path) {
      node = node.path(member);
    }
    return node;
  }
}
