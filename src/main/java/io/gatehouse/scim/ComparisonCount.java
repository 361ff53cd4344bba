package io.gatehouse.scim;

import java.util.List;

/** Counts the comparisons of a condition. */
final class ComparisonCount implements FilterCondition.Cases<Integer> {

  private static final ComparisonCount COUNT = new ComparisonCount();

  private ComparisonCount() {}

  static int of(FilterCondition condition) {
    return condition.match(COUNT);
  }

  private static Integer all(List<FilterCondition> terms) {
    return terms.stream().mapToInt(ComparisonCount::of).sum();
  }

  @Override
  public Integer and(FilterCondition.And condition) {
    return all(condition.terms());
  }

  @Override
  public Integer or(FilterCondition.Or condition) {
    return all(condition.terms());
  }

  @Override
  public Integer not(FilterCondition.Not condition) {
    return of(condition.term());
  }

  @Override
  public Integer present(FilterCondition.Present condition) {
    return 1;
  }

  @Override
  public Integer compare(FilterCondition.Compare condition) {
    return 1;
  }

  @Override
  public Integer some(FilterCondition.Some condition) {
    return of(condition.element());
  }
}
