package io.gatehouse.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.FilterCondition;
import io.gatehouse.scim.FilterCondition.Compare;
import io.gatehouse.scim.FilterCondition.Field;
import io.gatehouse.scim.Folded;
import io.gatehouse.scim.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Conditions of equality only, as JSON that a document must contain. One index serves all of them,
 * and one element satisfies all terms together.
 *
 * @param exact whether the raw form contains the parts, else the folded one
 */
record JsonContainment(boolean exact) {

  /** The comparison of one value; empty when containment does not suffice. */
  static Optional<SqlFragment> of(SqlPlace place, Compare compare) {
    if (!plain(compare) || compare.field().path().isEmpty()) {
      return Optional.empty();
    }
    JsonContainment form = new JsonContainment(compare.field().attribute().exact());
    ObjectNode parts = Json.object();
    form.put(parts, compare.field(), form.of(compare.value()));
    return Optional.of(place.contains(form.exact, parts));
  }

  /** An element that satisfies all terms. */
  static Optional<SqlFragment> of(SqlPlace place, Field list, FilterCondition element) {
    List<Compare> terms = new ArrayList<>();
    if (!collect(element, terms)) {
      return Optional.empty();
    }
    List<Boolean> forms =
        terms.stream()
            .filter(term -> term.value().isTextual())
            .map(term -> term.field().attribute().exact())
            .distinct()
            .toList();
    if (forms.size() > 1) {
      return Optional.empty();
    }
    JsonContainment form = new JsonContainment(!forms.isEmpty() && forms.get(0));
    return form.element(terms)
        .map(
            one -> {
              ObjectNode parts = Json.object();
              form.put(parts, list, Json.array().add(one));
              return place.contains(form.exact, parts);
            });
  }

  private static boolean collect(FilterCondition condition, List<Compare> terms) {
    if (condition instanceof FilterCondition.And and) {
      return !and.terms().isEmpty() && and.terms().stream().allMatch(it -> collect(it, terms));
    }
    return condition instanceof Compare compare && plain(compare) && terms.add(compare);
  }

  /**
   * Whether containment suffices: a dateTime has many spellings, and an absent primary flag means
   * false.
   */
  private static boolean plain(Compare compare) {
    Attribute attribute = compare.field().attribute();
    return compare.operator() == FilterCondition.Operator.EQ
        && attribute.comparedAs(compare.value()) != Attribute.Type.DATETIME
        && !(attribute.isPrimary() && !compare.value().booleanValue());
  }

  /** The element with all terms; empty when two terms compare the same attribute. */
  private Optional<JsonNode> element(List<Compare> terms) {
    if (terms.size() == 1 && terms.get(0).field().path().isEmpty()) {
      return Optional.of(of(terms.get(0).value()));
    }
    ObjectNode parts = Json.object();
    for (Compare term : terms) {
      put(parts, term.field(), of(term.value()));
    }
    return parts.size() == terms.size() ? Optional.of(parts) : Optional.empty();
  }

  private void put(ObjectNode parts, Field field, JsonNode value) {
    List<String> path = field.path();
    ObjectNode parent = parts;
    for (int i = 0; i < path.size() - 1; i++) {
      parent = parent.withObjectProperty(name(path.get(i)));
    }
    if (!path.isEmpty()) {
      parent.set(name(path.get(path.size() - 1)), value);
    }
  }

  private String name(String name) {
    return exact ? name : name.toLowerCase(Locale.ROOT);
  }

  private JsonNode of(JsonNode value) {
    return exact ? value : Folded.of(value);
  }
}
