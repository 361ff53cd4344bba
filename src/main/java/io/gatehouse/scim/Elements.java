package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.filters.FilterType;
import com.unboundid.scim2.common.utils.CaseIgnoreObjectNode;
import com.unboundid.scim2.common.utils.FilterEvaluator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a multi-valued attribute that a PATCH operation selects, and what becomes of
 * them.
 */
final class Elements {

  private final ObjectNode parent;
  private final Attribute attribute;
  private final @Nullable Filter filter;
  private final ArrayNode elements;

  Elements(ObjectNode parent, Attribute attribute, @Nullable Filter filter) {
    this.parent = parent;
    this.attribute = attribute;
    this.filter = filter;
    this.elements =
        parent.get(attribute.name()) instanceof ArrayNode present ? present : Json.array();
  }

  /** Applies an operation to the selected elements, or to {@code sub} of each. */
  void apply(PatchOperation.Kind kind, @Nullable Attribute sub, JsonNode value) {
    List<ObjectNode> selected = selected();
    if (kind == PatchOperation.Kind.REMOVE || Json.unassigned(value)) {
      selected.forEach(element -> remove(element, sub));
    } else if (!selected.isEmpty()) {
      selected.forEach(element -> change(element, sub, value));
    } else if (kind == PatchOperation.Kind.ADD && filter != null) {
      append(created(filter), sub, value);
    } else {
      throw ScimException.noTarget("No value of '" + attribute.name() + "' matches the path.");
    }
    store();
  }

  /** Adds to or replaces the whole attribute. */
  void put(PatchOperation.Kind kind, JsonNode value) {
    ArrayNode given = (ArrayNode) Values.canonical(attribute, Patch.arrayOf(value));
    if (kind == PatchOperation.Kind.REPLACE) {
      elements.removeAll();
    }
    for (JsonNode element : given) {
      if (!Values.contains(elements, element)) {
        elements.add(element);
        keepOnePrimary(element);
      }
    }
    store();
  }

  private List<ObjectNode> selected() {
    List<ObjectNode> selected = new ArrayList<>();
    for (JsonNode element : elements) {
      if (element instanceof ObjectNode object && matches(object)) {
        selected.add(object);
      }
    }
    return selected;
  }

  private boolean matches(ObjectNode element) {
    try {
      CaseIgnoreObjectNode anyCase = new CaseIgnoreObjectNode(JsonNodeFactory.instance);
      return filter == null || FilterEvaluator.evaluate(filter, anyCase.setAll(element));
    } catch (com.unboundid.scim2.common.exceptions.ScimException e) {
      throw ScimException.invalidFilter(
          "The filter of the path cannot be evaluated: " + e.getMessage());
    }
  }

  private void remove(ObjectNode element, @Nullable Attribute sub) {
    if (sub != null) {
      element.remove(sub.name());
    }
    if (sub == null || !says(element)) {
      elements.removeIf(it -> it == element);
    }
  }

  /** An element that only has a type or a primary flag left says nothing. */
  private static boolean says(ObjectNode element) {
    return element.properties().stream()
        .anyMatch(it -> !it.getKey().equals("type") && !it.getKey().equals("primary"));
  }

  private void change(ObjectNode element, @Nullable Attribute sub, JsonNode value) {
    if (sub != null) {
      Values.set(element, sub, value);
    } else if (Values.single(attribute, value) instanceof ObjectNode object) {
      element.setAll(object);
    }
    keepOnePrimary(element);
  }

  private void append(ObjectNode element, @Nullable Attribute sub, JsonNode value) {
    elements.add(element);
    change(element, sub, value);
  }

  /**
   * An element that satisfies the {@code eq} terms of the filter (quirk ENTRA-28 and checklist
   * S27).
   */
  private ObjectNode created(Filter filter) {
    ObjectNode element = Json.object();
    if (filter.getFilterType() == FilterType.AND) {
      filter.getCombinedFilters().forEach(term -> element.setAll(created(term)));
    } else if (filter.getFilterType() == FilterType.EQUAL) {
      attribute
          .sub(filter.getAttributePath().getElement(0).getAttribute())
          .ifPresent(sub -> Values.set(element, sub, filter.getComparisonValue()));
    }
    return element;
  }

  /** Setting one primary clears the others (RFC 7644 section 3.5.2). */
  private void keepOnePrimary(JsonNode chosen) {
    if (!chosen.path("primary").asBoolean()) {
      return;
    }
    for (JsonNode element : elements) {
      if (element != chosen && element.path("primary").asBoolean()) {
        ((ObjectNode) element).put("primary", false);
      }
    }
  }

  private void store() {
    if (elements.isEmpty()) {
      parent.remove(attribute.name());
    } else {
      parent.set(attribute.name(), elements);
    }
  }
}
