package io.gatehouse.postgres;

import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.FilterCondition.Field;
import io.gatehouse.scim.SortKey;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sort order (RFC 7644 section 3.4.2.3). Rows without a value come last when ascending, and first
 * when descending. The id orders rows with equal values.
 *
 * @param key the sort key; null for the order of creation
 * @param type of the key in PostgreSQL
 * @param id the column
 */
record SqlSort(@Nullable SqlFragment key, String type, String id, boolean descending) {

  /** The order of a sort key; for null, the order of creation. */
  static SqlSort of(@Nullable SortKey sort, SqlTable table) {
    if (sort == null) {
      return new SqlSort(null, "text", table.column("id"), false);
    }
    return new SqlSort(
        key(sort, table), type(sort.attribute()), table.column("id"), sort.descending());
  }

  private static SqlFragment key(SortKey sort, SqlTable table) {
    Field field = sort.field();
    Field element = sort.element();
    SqlPlace document = SqlPlace.document(table);
    if (element == null) {
      return table
          .own(field)
          .or(() -> table.key(field).map(it -> SqlFragment.of(table.column(it.column()))))
          .orElseGet(() -> document.ordered(field, field.attribute().type()));
    }
    return table.derived().is(field)
        ? least(table.derived(), element)
        : ofElement(document, field, element);
  }

  /** The key of a multi-valued attribute: the primary element, else the first with a value. */
  private static SqlFragment ofElement(SqlPlace document, Field field, Field element) {
    SqlFragment value = document.element().ordered(element, element.attribute().type());
    String raw = document.element().raw();
    return value
        .in("(select k from (select ", " as k, n, ")
        .then(raw + " @> '{\"primary\": true}' as chosen from ")
        .then(document.rows(field))
        .then(") s where k is not null order by chosen desc, n limit 1)");
  }

  private static SqlFragment least(SqlTable.Derived derived, Field element) {
    String column = derived.columns().getOrDefault(element.name(), "null");
    return SqlFragment.of(
        "(select min(" + column + "::text collate \"C\") from " + derived.rows() + ")");
  }

  private static String type(Attribute attribute) {
    return switch (attribute.type()) {
      case INTEGER, DECIMAL -> "numeric";
      case DATETIME -> "timestamptz";
      case BOOLEAN -> "boolean";
      default -> "text collate \"C\"";
    };
  }

  /** The key as text, for {@link #after}; the same text for the same key. */
  SqlFragment selected() {
    return key == null ? SqlFragment.of("null::text") : key.in("(", ")::text");
  }

  /** For an {@code order by} clause. */
  SqlFragment order() {
    if (key == null) {
      return SqlFragment.of(id);
    }
    return descending
        ? key.in("(", ")::" + type + " desc nulls first, " + id)
        : key.in("(", ")::" + type + " nulls last, " + id);
  }

  /** Whether a row comes after the one with this key and id. */
  SqlFragment after(@Nullable String last, UUID lastId) {
    SqlFragment same = SqlFragment.of(id + " > ?", lastId);
    return key == null ? same : after(key, last, same);
  }

  private SqlFragment after(SqlFragment key, @Nullable String last, SqlFragment same) {
    SqlFragment none = key.in("((", ") is null)");
    if (last == null) {
      SqlFragment next = none.then(" and ").then(same);
      return descending ? next.in("((", ") or not ").then(none).then(")") : next.in("(", ")");
    }
    SqlFragment further = compared(key, descending ? "<" : ">", last);
    SqlFragment equal = compared(key, "=", last).then(" and ").then(same);
    SqlFragment some = further.then(" or (").then(equal).then(")");
    return descending
        ? none.not().in("(", " and (").then(some).then("))")
        : none.in("(", " or ").then(some).then(")");
  }

  private SqlFragment compared(SqlFragment key, String sign, String last) {
    return key.in("(", ")::" + type + " " + sign + " ?::" + type.replace(" collate \"C\"", ""))
        .then("", last);
  }
}
