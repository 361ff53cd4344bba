package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The target of one PATCH operation, inside the resource or the container of an extension. */
record PatchTarget(
    ObjectNode parent,
    Attribute attribute,
    @Nullable FilterCondition filter,
    @Nullable Attribute sub) {

  void apply(PatchOperation.Kind kind, JsonNode value, WorkBudget budget) {
    if (filter != null || (sub != null && attribute.multiValued())) {
      new SelectedElements(parent, attribute, filter, budget).apply(kind, sub, value);
    } else if (kind == PatchOperation.Kind.REMOVE && lists(value)) {
      new SelectedElements(parent, attribute, null, budget).remove(value);
    } else if (kind == PatchOperation.Kind.ADD && Json.unassigned(value)) {
      return; // an addition removes nothing (RFC 7644 section 3.5.2.1)
    } else if (kind == PatchOperation.Kind.REMOVE || Json.isNothing(value)) {
      remove();
    } else if (sub != null) {
      setSub(sub, value);
    } else if (attribute.multiValued()) {
      new SelectedElements(parent, attribute, null, budget).put(kind, value);
    } else if (attribute.complex()) {
      merge(kind, value);
    } else {
      CanonicalValues.set(parent, attribute, value);
    }
  }

  /**
   * Whether the value of a removal names elements; then only these are removed, and none for an
   * empty list (checklist S37).
   */
  private boolean lists(JsonNode value) {
    return sub == null && attribute.multiValued() && !value.isMissingNode() && !value.isNull();
  }

  private void remove() {
    if (sub == null) {
      refuseRequired();
      parent.remove(attribute.name());
    } else if (parent.get(attribute.name()) instanceof ObjectNode complex) {
      complex.remove(sub.name());
      store(complex);
    }
  }

  private void refuseRequired() {
    if (attribute.required()) {
      throw ScimException.mutability("'" + attribute.name() + "' is required.");
    }
  }

  private void setSub(Attribute member, JsonNode value) {
    ObjectNode complex = complex();
    CanonicalValues.set(complex, member, value);
    store(complex);
  }

  private void merge(PatchOperation.Kind kind, JsonNode value) {
    ObjectNode complex = complex();
    if (!value.isObject()) {
      throw ScimException.invalidValue("'" + attribute.name() + "' must be an object.");
    }
    CanonicalValues.requireReadable(attribute, value, value);
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      boolean nothing = kind == PatchOperation.Kind.ADD && Json.unassigned(member.getValue());
      attribute
          .sub(member.getKey())
          .filter(it -> !nothing && !it.readOnly())
          .ifPresent(it -> CanonicalValues.set(complex, it, member.getValue()));
    }
    store(complex);
  }

  private ObjectNode complex() {
    return parent.get(attribute.name()) instanceof ObjectNode present ? present : Json.object();
  }

  private void store(ObjectNode complex) {
    if (complex.isEmpty()) {
      parent.remove(attribute.name());
    } else {
      parent.set(attribute.name(), complex);
    }
  }
}
