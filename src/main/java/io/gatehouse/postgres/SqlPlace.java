package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.FilterCondition.Field;
import io.gatehouse.scim.Json;
import java.util.List;
import java.util.Locale;

/**
 * SQL expressions for a document, or an element of one, in both forms.
 *
 * @param raw the expression of the stored form
 * @param folded the expression of the form that {@link io.gatehouse.scim.Folded} makes of the raw
 *     one
 * @param depth the number of enclosing elements
 */
record SqlPlace(String raw, String folded, int depth) {

  static SqlPlace document(SqlTable table) {
    return new SqlPlace(table.column("doc"), table.column("search"), 0);
  }

  /** An element of a multi-valued attribute, for conditions after {@link #rows}. */
  SqlPlace element() {
    String alias = "e" + (depth + 1);
    return new SqlPlace(alias + ".raw", alias + ".folded", depth + 1);
  }

  /** The elements of a multi-valued attribute in both forms, numbered in {@code n}. */
  SqlFragment rows(Field field) {
    return raw(field)
        .in("rows from (jsonb_array_elements(scim_array(", ")), jsonb_array_elements(scim_array(")
        .then(folded(field))
        .then("))) with ordinality e" + (depth + 1) + "(raw, folded, n)");
  }

  /** The value of a field as text in the form in which it is compared, or null. */
  SqlFragment text(Field field) {
    return (field.attribute().exact() ? raw(field) : folded(field))
        .in("scim_text(", ") collate \"C\"");
  }

  SqlFragment raw(Field field) {
    return at(raw, field.path());
  }

  private SqlFragment folded(Field field) {
    return at(folded, field.path().stream().map(it -> it.toLowerCase(Locale.ROOT)).toList());
  }

  private static SqlFragment at(String from, List<String> path) {
    return path.isEmpty()
        ? SqlFragment.of(from)
        : SqlFragment.of("(" + from + " #> ?)", array("text", path, it -> it));
  }

  /** The condition that the parts are contained, all in one form; one index serves all of them. */
  SqlFragment contains(boolean exact, ObjectNode parts) {
    return SqlFragment.of((exact ? raw : folded) + " @> ?::jsonb", Json.text(parts));
  }

  /** The value of a field for ordering, or null when it has no value of its type. */
  SqlFragment ordered(Field field, Attribute.Type as) {
    return switch (as) {
      case INTEGER, DECIMAL -> raw(field).in("scim_number(", ")");
      case DATETIME -> raw(field).in("scim_time(", ")");
      case BOOLEAN -> raw(field).in("scim_boolean(", ")");
      default -> text(field);
    };
  }
}
