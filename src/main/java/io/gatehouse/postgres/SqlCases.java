package io.gatehouse.postgres;

import io.gatehouse.scim.FilterCondition;

/** Conditions as SQL, wherever their fields are. */
interface SqlCases extends FilterCondition.Cases<SqlFragment> {

  @Override
  default SqlFragment and(FilterCondition.And condition) {
    return SqlFragment.and(condition.terms().stream().map(term -> term.match(this)).toList());
  }

  @Override
  default SqlFragment or(FilterCondition.Or condition) {
    return SqlFragment.or(condition.terms().stream().map(term -> term.match(this)).toList());
  }

  @Override
  default SqlFragment not(FilterCondition.Not condition) {
    return condition.term().match(this).not();
  }
}
