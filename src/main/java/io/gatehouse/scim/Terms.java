package io.gatehouse.scim;

import java.util.List;

/** Counts the comparisons of a condition. */
final class Terms implements Condition.Cases<Integer> {

  private static final Terms COUNT = new Terms();

  private Terms() {}

  static int of(Condition condition) {
    return condition.match(COUNT);
  }

  private static Integer all(List<Condition> terms) {
    return terms.stream().mapToInt(Terms::of).sum();
  }

  @Override
  public Integer and(Condition.And condition) {
    return all(condition.terms());
  }

  @Override
  public Integer or(Condition.Or condition) {
    return all(condition.terms());
  }

  @Override
  public Integer not(Condition.Not condition) {
    return of(condition.term());
  }

  @Override
  public Integer present(Condition.Present condition) {
    return 1;
  }

  @Override
  public Integer compare(Condition.Compare condition) {
    return 1;
  }

  @Override
  public Integer some(Condition.Some condition) {
    return of(condition.element());
  }
}
