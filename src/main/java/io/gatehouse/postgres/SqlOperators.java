package io.gatehouse.postgres;

import io.gatehouse.scim.FilterCondition.Operator;

/** Comparisons that are true or false and never null, so that {@code not} is the exact negation. */
final class SqlOperators {

  private SqlOperators() {}

  static SqlFragment text(SqlFragment value, Operator operator, String wanted) {
    String pattern = escaped(wanted);
    return switch (operator) {
      case CO -> known(value, "like ?", "%" + pattern + "%");
      case SW -> known(value, "like ?", pattern + "%");
      case EW -> known(value, "like ?", "%" + pattern);
      default -> known(value, sign(operator) + " ?", wanted);
    };
  }

  /** Compares numbers or times; {@code type} is that of PostgreSQL. */
  static SqlFragment ordered(SqlFragment value, Operator operator, Object wanted, String type) {
    return known(value, sign(operator) + " ?::" + type, wanted);
  }

  private static SqlFragment known(SqlFragment value, String comparison, Object wanted) {
    return value.in("coalesce(", " ").then(comparison, wanted).then(", false)");
  }

  private static String sign(Operator operator) {
    return switch (operator) {
      case EQ -> "=";
      case GT -> ">";
      case GE -> ">=";
      case LT -> "<";
      case LE -> "<=";
      default -> throw new IllegalStateException(operator.name());
    };
  }

  /** Escapes a text for a {@code like} pattern. */
  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }
}
