package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.FilterCondition.Field;

/** Evaluates a condition for a document, or for an element of it. */
record FilterEvaluation(JsonNode node) implements FilterCondition.Cases<Boolean> {

  @Override
  public Boolean and(FilterCondition.And condition) {
    return condition.terms().stream().allMatch(term -> term.match(this));
  }

  @Override
  public Boolean or(FilterCondition.Or condition) {
    return condition.terms().stream().anyMatch(term -> term.match(this));
  }

  @Override
  public Boolean not(FilterCondition.Not condition) {
    return !condition.term().match(this);
  }

  @Override
  public Boolean present(FilterCondition.Present condition) {
    JsonNode value = value(condition.field());
    return !Json.unassigned(value) && !(value.isTextual() && value.textValue().isEmpty());
  }

  @Override
  public Boolean compare(FilterCondition.Compare condition) {
    return ValueComparison.of(condition).holds(value(condition.field()));
  }

  @Override
  public Boolean some(FilterCondition.Some condition) {
    JsonNode elements = value(condition.field());
    if (elements.isArray()) {
      for (JsonNode element : elements) {
        if (condition.element().matches(element)) {
          return true;
        }
      }
    }
    return false;
  }

  private JsonNode value(Field field) {
    JsonNode value = node;
    for (String name : field.path()) {
      value = value.path(name);
    }
    return value;
  }
}
