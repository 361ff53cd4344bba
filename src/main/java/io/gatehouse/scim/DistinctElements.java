package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Elements of a multi-valued attribute without duplicates: one type and value make one element (RFC
 * 7643 section 2.4), and duplicates are merged.
 */
final class DistinctElements {

  private static final String VALUE = "value";
  private static final String TYPE = "type";
  private static final String PRIMARY = "primary";
  private static final String DISPLAY = "display";

  /**
   * The largest number of elements with equal values that are compared, so that the cost stays
   * linear.
   */
  private static final int LIKELY = 16;

  private final Attribute attribute;
  private final boolean grows;
  private final ArrayNode elements = Json.array();
  private final Map<String, JsonNode> byIdentity = new HashMap<>();
  private final Map<String, List<JsonNode>> byValue = new HashMap<>();

  private DistinctElements(Attribute attribute, boolean grows) {
    this.attribute = attribute;
    this.grows = grows;
  }

  /** The elements without duplicates. */
  static ArrayNode of(Attribute attribute, Iterable<JsonNode> canonical) {
    DistinctElements distinct = new DistinctElements(attribute, false);
    canonical.forEach(distinct::add);
    return distinct.elements;
  }

  /**
   * The stored elements, to which others are added; an added element with fewer attributes may
   * match any element with its value.
   */
  static DistinctElements growing(Attribute attribute, Iterable<JsonNode> present) {
    DistinctElements distinct = new DistinctElements(attribute, true);
    present.forEach(distinct::append);
    return distinct;
  }

  ArrayNode all() {
    return elements;
  }

  /**
   * Adds an element, or merges it into its duplicate.
   *
   * @return the added or merged element
   */
  JsonNode add(JsonNode element) {
    JsonNode same = byIdentity.get(EqualityKey.of(identity(element)));
    if (same == null && grows) {
      List<JsonNode> likely = byValue.getOrDefault(EqualityKey.of(value(element)), List.of());
      same =
          first(likely, it -> contains(it, element))
              .or(() -> first(likely, it -> isCompatible(it, element)))
              .orElse(null);
    }
    if (same == null) {
      append(element);
      return element;
    }
    merge(same, element);
    return same;
  }

  private static Optional<JsonNode> first(List<JsonNode> elements, Predicate<JsonNode> which) {
    return elements.stream().filter(which).findFirst();
  }

  private void append(JsonNode element) {
    elements.add(element);
    byIdentity.putIfAbsent(EqualityKey.of(identity(element)), element);
    List<JsonNode> likely =
        byValue.computeIfAbsent(EqualityKey.of(value(element)), it -> new ArrayList<>());
    if (likely.size() < LIKELY) {
      likely.add(element);
    }
  }

  /**
   * The identity of an element: all but the label and the primary flag. For core attributes, the
   * type and value.
   */
  private JsonNode identity(JsonNode element) {
    if (!element.isObject()) {
      return grows && !attribute.exact() ? Folded.of(element) : element;
    }
    ObjectNode identity = Json.object();
    for (Map.Entry<String, JsonNode> part : element.properties()) {
      if (!isLabel(element, part.getKey())) {
        identity.set(part.getKey(), comparable(part.getKey(), part.getValue()));
      }
    }
    return identity.isEmpty() ? element : identity;
  }

  private JsonNode value(JsonNode element) {
    return element.has(VALUE) ? comparable(VALUE, element.path(VALUE)) : identity(element);
  }

  /**
   * Whether a name is not part of the identity; an element without a value is identified by its
   * display.
   */
  private static boolean isLabel(JsonNode element, String name) {
    return name.equals(PRIMARY) || (name.equals(DISPLAY) && element.has(VALUE));
  }

  private boolean contains(JsonNode present, JsonNode element) {
    return element.properties().stream().allMatch(it -> isEqual(it.getKey(), present, element));
  }

  /**
   * Whether two elements can be merged: labels may differ, other common attributes must be equal.
   */
  private boolean isCompatible(JsonNode present, JsonNode element) {
    return (present.has(TYPE) || !element.has(TYPE))
        && element.properties().stream()
            .map(Map.Entry::getKey)
            .filter(it -> !isLabel(element, it) && present.has(it))
            .allMatch(it -> isEqual(it, present, element));
  }

  private boolean isEqual(String name, JsonNode present, JsonNode element) {
    if (name.equals(PRIMARY)) {
      return present.path(name).asBoolean() == element.path(name).asBoolean();
    }
    return comparable(name, present.path(name)).equals(comparable(name, element.path(name)));
  }

  private JsonNode comparable(String name, JsonNode part) {
    return attribute.sub(name).map(Attribute::exact).orElse(true) ? part : Folded.of(part);
  }

  /** Merges an element; the stored values keep their spelling. */
  private void merge(JsonNode present, JsonNode element) {
    if (!(present instanceof ObjectNode into)) {
      return;
    }
    ObjectNode before = into.deepCopy();
    for (Map.Entry<String, JsonNode> part : element.properties()) {
      if (!isEqual(part.getKey(), into, element)) {
        into.set(part.getKey(), part.getValue());
      }
    }
    ImmutableAttributes.check(attribute.subAttributes().values(), before, into);
  }
}
