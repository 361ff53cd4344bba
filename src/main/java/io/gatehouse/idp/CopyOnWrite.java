package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Rewrites shared JSON: what changes is copied together with its parents, the rest stays shared. A
 * rewriting that returns the value it was given changes nothing.
 */
@SuppressWarnings("ReferenceEquality") // the same node is one that has not been rewritten
final class CopyOnWrite {

  private CopyOnWrite() {}

  /** A copy that shares its values with the object. */
  static ObjectNode copy(ObjectNode object) {
    return Json.object().setAll(object);
  }

  /** The object with a member of this value. */
  static ObjectNode with(ObjectNode object, String name, JsonNode value) {
    return object.get(name) == value ? object : copy(object).set(name, value);
  }

  /** The object without a member. */
  static ObjectNode without(ObjectNode object, String name) {
    return object.has(name) ? copy(object).without(name) : object;
  }

  /**
   * The object with each value rewritten.
   *
   * @param rewriting takes a name and its value; a missing node leaves the member out
   */
  static ObjectNode members(ObjectNode sent, Rewriting rewriting) {
    ObjectNode meant = sent;
    for (Map.Entry<String, JsonNode> member : sent.properties()) {
      JsonNode value = rewriting.apply(member.getKey(), member.getValue());
      if (value != member.getValue()) {
        meant = meant == sent ? copy(sent) : meant;
        if (value.isMissingNode()) {
          meant.remove(member.getKey());
        } else {
          meant.set(member.getKey(), value);
        }
      }
    }
    return meant;
  }

  /** The array with each element rewritten, or the rewritten value if it is no array. */
  static JsonNode each(JsonNode value, UnaryOperator<JsonNode> rewriting) {
    return value instanceof ArrayNode array ? elements(array, rewriting) : rewriting.apply(value);
  }

  /** The array with each element rewritten; a missing node leaves the element out. */
  static ArrayNode elements(ArrayNode sent, UnaryOperator<JsonNode> rewriting) {
    ArrayNode meant = sent;
    for (int i = 0; i < sent.size(); i++) {
      JsonNode element = rewriting.apply(sent.get(i));
      if (meant == sent && element != sent.get(i)) {
        meant = firstOf(sent, i);
      }
      if (meant != sent && !element.isMissingNode()) {
        meant.add(element);
      }
    }
    return meant;
  }

  private static ArrayNode firstOf(ArrayNode array, int count) {
    ArrayNode first = Json.array();
    for (int i = 0; i < count; i++) {
      first.add(array.get(i));
    }
    return first;
  }

  /** The objects that one rewriting has copied, and may change in place from then on. */
  static final class Copies {

    private final Set<ObjectNode> made = Collections.newSetFromMap(new IdentityHashMap<>());

    /** The object itself if it is a copy that this rewriting has made, or else a new copy. */
    ObjectNode own(ObjectNode object) {
      if (made.contains(object)) {
        return object;
      }
      ObjectNode copy = copy(object);
      made.add(copy);
      return copy;
    }
  }

  /** What becomes of the value of a member. */
  @FunctionalInterface
  interface Rewriting {
    JsonNode apply(String name, JsonNode value);
  }
}
