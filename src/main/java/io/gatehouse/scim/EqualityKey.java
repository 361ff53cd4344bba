package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * A text that is equal for two values exactly when the values are equal. Sets hold these texts and
 * not the values, because a client can choose values with equal hash codes. Only sets of comparable
 * keys then avoid quadratic cost.
 */
final class EqualityKey {

  private final StringBuilder text = new StringBuilder();

  private EqualityKey() {}

  static String of(JsonNode value) {
    EqualityKey equalityKey = new EqualityKey();
    equalityKey.add(value);
    return equalityKey.text.toString();
  }

  private void add(JsonNode value) {
    if (value.isObject()) {
      Map<String, JsonNode> members = new TreeMap<>();
      value.properties().forEach(it -> members.put(it.getKey(), it.getValue()));
      text.append('{');
      members.forEach(
          (name, member) -> {
            add(name);
            add(member);
          });
      text.append('}');
    } else if (value.isArray()) {
      text.append('[');
      value.forEach(this::add);
      text.append(']');
    } else if (value.isTextual()) {
      add(value.textValue());
    } else if (value.isBigDecimal()) {
      text.append("decimal ").append(value.decimalValue().stripTrailingZeros()).append(' ');
    } else {
      text.append(value.asToken()).append(value.numberType()).append(value.asText()).append(' ');
    }
  }

  /** Adds a text with its length, so that one text cannot be confused with two. */
  private void add(String part) {
    text.append('"').append(part.length()).append(':').append(part);
  }
}
