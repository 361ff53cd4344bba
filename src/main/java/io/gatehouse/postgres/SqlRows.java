package io.gatehouse.postgres;

import io.gatehouse.scim.FilterCondition;
import io.gatehouse.scim.FilterCondition.Compare;
import io.gatehouse.scim.FilterCondition.Field;
import io.gatehouse.scim.FilterCondition.Operator;
import io.gatehouse.scim.Folded;
import io.gatehouse.scim.ScimException;

/** A condition over one element of an attribute whose elements are rows. */
record SqlRows(SqlTable.Derived derived) implements SqlCases {

  /** Each row has them all. */
  @Override
  public SqlFragment present(FilterCondition.Present condition) {
    column(condition.field());
    return SqlFragment.of("true");
  }

  @Override
  public SqlFragment compare(Compare condition) {
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
            SqlFragment.of("(" + column + "::text) collate \"C\""), condition.operator(), form);
  }

  @Override
  public SqlFragment some(FilterCondition.Some condition) {
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
