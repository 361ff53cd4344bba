package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Ways into a document, from member to member. */
final class Paths {

  private Paths() {}

  /** What is there; missing when nothing is. */
  static JsonNode at(JsonNode document, List<String> path) {
    JsonNode node = document;
    for (String member : path) {
      node = node.path(member);
    }
    return node;
  }
}
