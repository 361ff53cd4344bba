package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Members of an object, whose names are compared without regard to case. */
final class MemberNames {

  private MemberNames() {}

  /** Removes and returns a member; a missing node when there is none. */
  static JsonNode take(ObjectNode object, String name) {
    for (var member : object.properties()) {
      if (member.getKey().equalsIgnoreCase(name)) {
        return object.remove(member.getKey());
      }
    }
    return MissingNode.getInstance();
  }

  static boolean has(ObjectNode object, String name) {
    return !get(object, name).isMissingNode();
  }

  /** The first member of this name; a missing node when there is none. */
  static JsonNode get(ObjectNode object, String name) {
    for (var member : object.properties()) {
      if (member.getKey().equalsIgnoreCase(name)) {
        return member.getValue();
      }
    }
    return MissingNode.getInstance();
  }
}
