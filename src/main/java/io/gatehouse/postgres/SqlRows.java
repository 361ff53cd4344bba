package io.gatehouse.postgres;

import io.gatehouse.scim.Condition;
import io.gatehouse.scim.Condition.Compare;
import io.gatehouse.scim.Condition.Field;
import io.gatehouse.scim.Condition.Operator;
import io.gatehouse.scim.Folded;
import io.gatehouse.scim.ScimException;

/** A condition over one element of an attribute whose elements are rows. */
record SqlRows(SqlTable.Derived derived) implements Condition.Cases<Sql> {

  @Override
  public Sql and(Condition.And condition) {
    return Sql.and(condition.terms().stream().map(term -> term.match(this)).toList());
  }

  @Override
  public Sql or(Condition.Or condition) {
    return Sql.or(condition.terms().stream().map(term -> term.match(this)).toList());
  }

  @Override
  public Sql not(Condition.Not condition) {
    return condition.term().match(this).not();
  }

  /** Each row has them all. */
  @Override
  public Sql present(Condition.Present condition) {
    column(condition.field());
    return Sql.of("true");
  }

  @Override
  public Sql compare(Compare condition) {
    if (condition.operator() == Operator.NE) {
      return compare(new Compare(condition.field(), Operator.EQ, condition.value())).not();
    }
    Field field = condition.field();
    String column = column(field);
    boolean exact = field.attribute().exact();
    String wanted = condition.value().textValue();
    String form = exact ? wanted : Folded.text(wanted);
    return field.name().equals("value") && condition.operator() == Operator.EQ
        ? SqlFilter.sameId(column, form)
        : SqlOperators.text(
            Sql.of("(" + column + "::text) collate \"C\""), condition.operator(), form);
  }

  @Override
  public Sql some(Condition.Some condition) {
    throw declined(condition.field());
  }

  private String column(Field field) {
    String column = derived.columns().get(field.name());
    if (column == null) {
      throw declined(field);
    }
    return column;
  }

  private ScimException declined(Field field) {
    return ScimException.invalidFilter(
        "'" + derived.attribute() + "' cannot be searched by '" + field.name() + "'.");
  }
}
