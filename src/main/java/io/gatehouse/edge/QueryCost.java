package io.gatehouse.edge;

import io.gatehouse.directory.ResourceQuery;
import io.gatehouse.scim.FilterCondition;
import io.gatehouse.scim.FilterCondition.Operator;
import io.gatehouse.scim.ScimError;
import io.gatehouse.scim.ScimException;
import io.gatehouse.scim.SortKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes the cost of a search, in comparisons of one value. {@code eq} can use an index and costs
 * 1. Other comparisons read each resource and cost 2. A comparison of each element of a
 * multi-valued attribute costs 8 more. Sorting costs as much as a comparison.
 */
final class QueryCost implements FilterCondition.Cases<Integer> {

  /** The highest cost of a usual query of an IdP. */
  private static final int CHEAP = 10;

  private static final int INDEXED = 1;
  private static final int READ = 2;
  private static final int ELEMENTS = 8;
  private static final QueryCost INSTANCE = new QueryCost();

  private QueryCost() {}

  /**
   * Adds up the cost of a search.
   *
   * @throws ScimException 400 tooMany when it is more than {@link RequestLimits#MAX_QUERY_COST}
   */
  static int require(List<ResourceQuery.Selected> from) {
    int cost = from.stream().mapToInt(it -> of(it.filter()) + of(it.sort())).sum();
    if (cost > RequestLimits.MAX_QUERY_COST) {
      throw new ScimException(
          ScimError.badRequest(
              "tooMany",
              ("The search costs %d and may cost %d: each eq costs 1, each other comparison 2, and"
                      + " 8 more for each multi-valued attribute that is searched by another"
                      + " operator than eq. Ask for less at once.")
                  .formatted(cost, RequestLimits.MAX_QUERY_COST)));
    }
    return cost;
  }

  /**
   * Whether a search with this cost is expected to be quick, so that a timeout is not its fault.
   */
  static boolean isCheap(int cost) {
    return cost <= CHEAP;
  }

  private static int of(@Nullable FilterCondition filter) {
    return filter == null ? 0 : filter.match(INSTANCE);
  }

  private static int of(@Nullable SortKey sort) {
    return sort == null ? 0 : sort.element() == null ? READ : READ + ELEMENTS;
  }

  @Override
  public Integer and(FilterCondition.And condition) {
    return sum(condition.terms());
  }

  @Override
  public Integer or(FilterCondition.Or condition) {
    return sum(condition.terms());
  }

  private int sum(List<FilterCondition> terms) {
    return terms.stream().mapToInt(it -> it.match(this)).sum();
  }

  @Override
  public Integer not(FilterCondition.Not condition) {
    return condition.term().match(this);
  }

  @Override
  public Integer present(FilterCondition.Present condition) {
    return READ;
  }

  @Override
  public Integer compare(FilterCondition.Compare condition) {
    return condition.operator() == Operator.EQ ? INDEXED : READ;
  }

  @Override
  public Integer some(FilterCondition.Some condition) {
    int inside = condition.element().match(this);
    return asksForEqualValues(condition.element()) ? inside : ELEMENTS + inside;
  }

  private static boolean asksForEqualValues(FilterCondition element) {
    return element instanceof FilterCondition.And and
        ? and.terms().stream().allMatch(QueryCost::asksForEqualValues)
        : element instanceof FilterCondition.Compare compare && compare.operator() == Operator.EQ;
  }
}
