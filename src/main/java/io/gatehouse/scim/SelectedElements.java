package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a multi-valued attribute that a PATCH operation selects, and what becomes of
 * them.
 */
final class SelectedElements {

  private final ObjectNode parent;
  private final Attribute attribute;
  private final @Nullable FilterCondition filter;
  private final WorkBudget budget;
  private final ArrayNode elements;

  SelectedElements(
      ObjectNode parent, Attribute attribute, @Nullable FilterCondition filter, WorkBudget budget) {
    this.budget = budget;
    this.parent = parent;
    this.attribute = attribute;
    this.filter = filter;
    this.elements =
        parent.get(attribute.name()) instanceof ArrayNode present ? present : Json.array();
  }

  /** Applies an operation to the selected elements, or to {@code sub} of each. */
  void apply(PatchOperation.Kind kind, @Nullable Attribute sub, JsonNode value) {
    if (kind == PatchOperation.Kind.ADD && Json.unassigned(value)) {
      return;
    }
    look(filter == null ? 0 : filter.comparisons());
    List<ObjectNode> selected = selected();
    budget.spend(selected.size() * WorkBudget.of(value));
    if (kind == PatchOperation.Kind.REMOVE || Json.isNothing(value)) {
      remove(selected, sub);
    } else if (!selected.isEmpty()) {
      selected.forEach(element -> change(element, sub, value));
      selected.stream()
          .filter(SelectedElements::isPrimary)
          .findFirst()
          .ifPresent(this::keepOnePrimary);
    } else {
      append(kind, sub, value);
    }
    store();
  }

  /** Adds to or replaces the whole attribute. */
  void put(PatchOperation.Kind kind, JsonNode value) {
    ArrayNode given = (ArrayNode) CanonicalValues.canonical(attribute, Patch.arrayOf(value));
    look(0);
    if (kind == PatchOperation.Kind.REPLACE) {
      elements.removeAll().addAll(given);
    } else {
      add(given);
    }
    store();
  }

  private void add(ArrayNode given) {
    DistinctElements distinct = DistinctElements.growing(attribute, elements);
    List<JsonNode> primary = new ArrayList<>();
    for (JsonNode element : given) {
      JsonNode present = distinct.add(element);
      if (isPrimary(element)) {
        primary.add(present);
      }
    }
    elements.removeAll().addAll(distinct.all());
    primary.forEach(this::keepOnePrimary);
  }

  /** Removes the elements that say all that one of the listed says. */
  void remove(JsonNode listed) {
    Map<Set<String>, Set<String>> wanted = new HashMap<>();
    for (JsonNode element : CanonicalValues.each(attribute, Patch.arrayOf(listed))) {
      Set<String> names = new HashSet<>();
      element.fieldNames().forEachRemaining(names::add);
      wanted.computeIfAbsent(names, it -> new HashSet<>()).add(comparable(element, names));
    }
    look(wanted.size());
    elements.removeIf(
        element ->
            wanted.entrySet().stream()
                .anyMatch(it -> it.getValue().contains(comparable(element, it.getKey()))));
    store();
  }

  /** These parts of an element, without regard to case where it does not count. */
  private String comparable(JsonNode element, Set<String> names) {
    if (!attribute.complex()) {
      return EqualityKey.of(attribute.exact() ? element : Folded.of(element));
    }
    ObjectNode parts = Json.object();
    for (String name : names) {
      JsonNode part = element.path(name);
      boolean exact = attribute.sub(name).map(Attribute::exact).orElse(true);
      parts.set(name, exact ? part : Folded.of(part));
    }
    return EqualityKey.of(parts);
  }

  /** Every element is looked at: for each comparison, and to see which are the same. */
  private void look(int comparisons) {
    budget.spend(WorkBudget.of(elements) * (1 + comparisons));
  }

  private List<ObjectNode> selected() {
    List<ObjectNode> selected = new ArrayList<>();
    for (JsonNode element : elements) {
      if (element instanceof ObjectNode object && (filter == null || filter.matches(object))) {
        selected.add(object);
      }
    }
    return selected;
  }

  private void remove(List<ObjectNode> selected, @Nullable Attribute sub) {
    Set<JsonNode> gone = Collections.newSetFromMap(new IdentityHashMap<>());
    for (ObjectNode element : selected) {
      if (sub != null) {
        element.remove(sub.name());
      }
      if (sub == null || !says(element)) {
        gone.add(element);
      }
    }
    elements.removeIf(gone::contains);
  }

  /** An element that only has a type or a primary flag left says nothing. */
  private static boolean says(ObjectNode element) {
    return element.properties().stream()
        .anyMatch(it -> !it.getKey().equals("type") && !it.getKey().equals("primary"));
  }

  /** What is not named stays, as in every complex value (RFC 7644 section 3.5.2.3). */
  private void change(ObjectNode element, @Nullable Attribute sub, JsonNode value) {
    ObjectNode before = element.deepCopy();
    if (sub != null) {
      CanonicalValues.set(element, sub, value);
    } else if (CanonicalValues.single(attribute, value) instanceof ObjectNode object) {
      CanonicalValues.requireReadable(attribute, value, object);
      element.setAll(object);
    }
    ImmutableAttributes.check(attribute.subAttributes().values(), before, element);
  }

  /** Only what is added can make an element (RFC 7644 section 3.5.2.3). */
  private void append(PatchOperation.Kind kind, @Nullable Attribute sub, JsonNode value) {
    ObjectNode element = Json.object();
    if (kind == PatchOperation.Kind.ADD && filter != null) {
      describe(element, filter);
    }
    if (element.isEmpty()) {
      throw ScimException.noTarget("No value of '" + attribute.name() + "' matches the path.");
    }
    elements.add(element);
    if (sub != null) {
      element.remove(sub.name());
    }
    change(element, sub, value);
    keepOnePrimary(element);
  }

  /** Makes an element satisfy the {@code eq} terms of the filter (checklist S27). */
  private static void describe(ObjectNode element, FilterCondition filter) {
    if (filter instanceof FilterCondition.And and) {
      and.terms().forEach(term -> describe(element, term));
    } else if (filter instanceof FilterCondition.Compare compare
        && compare.operator() == FilterCondition.Operator.EQ) {
      CanonicalValues.set(element, compare.field().attribute(), compare.value());
    }
  }

  /** Setting one primary clears the others (RFC 7644 section 3.5.2). */
  @SuppressWarnings("ReferenceEquality") // others may be equal to it
  private void keepOnePrimary(JsonNode chosen) {
    if (!isPrimary(chosen)) {
      return;
    }
    for (JsonNode element : elements) {
      if (element != chosen && isPrimary(element)) {
        ((ObjectNode) element).put("primary", false);
      }
    }
  }

  private static boolean isPrimary(JsonNode element) {
    return element.path("primary").asBoolean();
  }

  /** Elements that have become the same are one. */
  private void store() {
    ArrayNode distinct = DistinctElements.of(attribute, elements);
    elements.removeAll().addAll(distinct);
    if (elements.isEmpty()) {
      parent.remove(attribute.name());
    } else {
      parent.set(attribute.name(), elements);
    }
  }
}
