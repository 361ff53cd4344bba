package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.gatehouse.scim.FilterCondition.Operator;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Compares values by the type of their attribute (RFC 7644 section 3.4.2.2). A value of another
 * type than the attribute's counts as absent.
 */
record ValueComparison(Attribute attribute, Operator operator, JsonNode wanted) {

  static ValueComparison of(FilterCondition.Compare condition) {
    return new ValueComparison(
        condition.field().attribute(), condition.operator(), condition.value());
  }

  /**
   * Checks that a filter may compare the attribute in this way.
   *
   * @throws ScimException 400 invalidFilter
   */
  void require() {
    Attribute.Type type = attribute.type();
    boolean fits =
        switch (attribute.comparedAs(wanted)) {
          case BOOLEAN -> wanted.isBoolean();
          case INTEGER -> wanted.isIntegralNumber();
          case DECIMAL -> wanted.isNumber();
          case DATETIME -> instant(wanted) != null;
          default -> wanted.isTextual();
        };
    if (!fits) {
      throw ScimException.invalidFilter(
          "'%s' can only be compared with a value of type %s."
              .formatted(attribute.name(), type.label()));
    }
    boolean possible =
        switch (attribute.comparedAs(wanted)) {
          case STRING, REFERENCE -> true;
          case BOOLEAN, BINARY -> !operator.substring() && !operator.ordering();
          default -> !operator.substring();
        };
    if (!possible) {
      throw ScimException.invalidFilter(
          "'%s' cannot be compared by '%s'.".formatted(attribute.name(), operator.word()));
    }
  }

  boolean holds(JsonNode actual) {
    if (operator == Operator.NE) {
      return !new ValueComparison(attribute, Operator.EQ, wanted).holds(actual);
    }
    return switch (attribute.comparedAs(wanted)) {
      case BOOLEAN -> truth(actual).equals(wanted);
      case INTEGER, DECIMAL ->
          actual.isNumber() && inOrder(actual.decimalValue().compareTo(wanted.decimalValue()));
      case DATETIME -> instants(instant(actual), instant(wanted));
      default -> actual.isTextual() && texts(text(actual), text(wanted));
    };
  }

  /** The boolean to compare: an absent {@code primary} means false (RFC 7643 section 2.4). */
  private JsonNode truth(JsonNode actual) {
    return attribute.isPrimary() && !actual.isBoolean() ? BooleanNode.FALSE : actual;
  }

  private boolean instants(@Nullable Instant actual, @Nullable Instant expected) {
    return actual != null && expected != null && inOrder(actual.compareTo(expected));
  }

  private static @Nullable Instant instant(JsonNode value) {
    return value.isTextual() ? DateTimes.instant(value.textValue()) : null;
  }

  private String text(JsonNode value) {
    return attribute.exact() ? value.textValue() : Folded.text(value.textValue());
  }

  private boolean texts(String actual, String expected) {
    return switch (operator) {
      case EQ -> actual.equals(expected);
      case CO -> actual.contains(expected);
      case SW -> actual.startsWith(expected);
      case EW -> actual.endsWith(expected);
      default -> inOrder(byCodePoint(actual, expected));
    };
  }

  private boolean inOrder(int order) {
    return switch (operator) {
      case EQ -> order == 0;
      case GT -> order > 0;
      case GE -> order >= 0;
      case LT -> order < 0;
      case LE -> order <= 0;
      default -> throw new IllegalStateException(operator.word());
    };
  }

  /** Compares by code point, as the database does; UTF-16 order differs above the basic plane. */
  static int byCodePoint(String a, String b) {
    for (int i = 0; i < Math.min(a.length(), b.length()); i++) {
      char left = a.charAt(i);
      char right = b.charAt(i);
      if (left != right) {
        return Character.isSurrogate(left) == Character.isSurrogate(right)
            ? Character.compare(left, right)
            : Boolean.compare(Character.isSurrogate(left), Character.isSurrogate(right));
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
