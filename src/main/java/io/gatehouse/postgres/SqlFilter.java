package io.gatehouse.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.DateTimes;
import io.gatehouse.scim.FilterCondition;
import io.gatehouse.scim.FilterCondition.Compare;
import io.gatehouse.scim.FilterCondition.Field;
import io.gatehouse.scim.FilterCondition.Operator;
import io.gatehouse.scim.Folded;
import io.gatehouse.scim.ScimException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A condition as SQL that is true or false as the condition is in memory, and never null. What it
 * cannot answer it declines (RFC 7644 section 3.4.2.2, quirk ENTRA-15).
 *
 * @param table by which the columns of the resource are qualified
 * @param place what the fields of the condition are relative to
 */
record SqlFilter(SqlTable table, SqlPlace place) implements SqlCases {

  /** For a {@code where} clause over the table under its own name; null is for all. */
  static SqlFragment of(@Nullable FilterCondition condition, SqlTable table) {
    return condition == null
        ? SqlFragment.of("true")
        : condition.match(new SqlFilter(table, SqlPlace.document(table)));
  }

  @Override
  public SqlFragment present(FilterCondition.Present condition) {
    if (own(condition.field()).isPresent()) {
      return SqlFragment.of("true");
    }
    return isDerived(condition.field())
        ? derived(new FilterCondition.And(List.of()))
        : place.raw(condition.field()).in("scim_present(", ")");
  }

  @Override
  public SqlFragment compare(Compare condition) {
    if (condition.operator() == Operator.NE) {
      return compare(new Compare(condition.field(), Operator.EQ, condition.value())).not();
    }
    return own(condition.field())
        .map(own -> compareOwn(condition, own))
        .or(() -> key(condition))
        .or(() -> JsonContainment.of(place, condition))
        .orElseGet(() -> compareValue(condition));
  }

  private Optional<SqlFragment> own(Field field) {
    return place.depth() == 0 ? table.own(field) : Optional.empty();
  }

  private SqlFragment compareOwn(Compare condition, SqlFragment own) {
    JsonNode value = condition.value();
    return switch (String.join(".", condition.field().path())) {
      case "id" ->
          condition.operator() == Operator.EQ
              ? sameId(table.column("id"), value.textValue())
              : SqlOperators.text(own, condition.operator(), value.textValue());
      case "meta.location" -> throw ScimException.invalidFilter("'location' cannot be searched.");
      case "meta.created", "meta.lastModified" -> moments(own, condition);
      default -> SqlOperators.text(own, condition.operator(), value.textValue());
    };
  }

  /** Ids are stored as numbers, so only the canonical spelling is the same string. */
  static SqlFragment sameId(String column, String text) {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equals(text)
          ? SqlFragment.of(column + " = ?", id)
          : SqlFragment.of("false");
    } catch (IllegalArgumentException e) {
      return SqlFragment.of("false");
    }
  }

  private static SqlFragment moments(SqlFragment value, Compare condition) {
    return SqlOperators.ordered(
        value,
        condition.operator(),
        Objects.requireNonNull(DateTimes.instant(condition.value().textValue()))
            .atOffset(ZoneOffset.UTC),
        "timestamptz");
  }

  /** Not wrapped in a function, so that the index of the column is used. */
  private Optional<SqlFragment> key(Compare condition) {
    if (place.depth() > 0 || condition.operator() != Operator.EQ) {
      return Optional.empty();
    }
    return table
        .key(condition.field())
        .map(
            key -> {
              String column = table.column(key.column());
              return SqlFragment.of(
                  "(" + column + " = ? and " + column + " is not null)",
                  key.form(condition.value()));
            });
  }

  private SqlFragment compareValue(Compare condition) {
    Field field = condition.field();
    JsonNode value = condition.value();
    Attribute.Type type = field.attribute().comparedAs(value);
    return switch (type) {
      case INTEGER, DECIMAL ->
          SqlOperators.ordered(
              place.ordered(field, type), condition.operator(), value.decimalValue(), "numeric");
      case DATETIME -> moments(place.ordered(field, type), condition);
      case BOOLEAN -> truth(field, value.booleanValue());
      default ->
          SqlOperators.text(
              place.text(field),
              condition.operator(),
              field.attribute().exact() ? value.textValue() : Folded.text(value.textValue()));
    };
  }

  private SqlFragment truth(Field field, boolean wanted) {
    boolean otherwise = field.attribute().isPrimary() && !wanted;
    return place
        .ordered(field, Attribute.Type.BOOLEAN)
        .in("coalesce(", " = " + wanted + ", " + otherwise + ")");
  }

  @Override
  public SqlFragment some(FilterCondition.Some condition) {
    if (isDerived(condition.field())) {
      return derived(condition.element());
    }
    return JsonContainment.of(place, condition.field(), condition.element())
        .orElseGet(
            () ->
                place
                    .rows(condition.field())
                    .in("exists (select from ", " where ")
                    .then(condition.element().match(new SqlFilter(table, place.element())))
                    .then(")"));
  }

  private boolean isDerived(Field field) {
    return place.depth() == 0 && table.derived().is(field);
  }

  private SqlFragment derived(FilterCondition element) {
    return element
        .match(new SqlRows(table.derived()))
        .in("exists (select from " + table.derived().rows() + " and ", ")");
  }
}
