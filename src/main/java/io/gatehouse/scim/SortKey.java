package io.gatehouse.scim;

import io.gatehouse.scim.FilterCondition.Field;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The key by which a result is sorted (RFC 7644 section 3.4.2.3).
 *
 * @param field a single-valued attribute, or a multi-valued one; its primary element counts, else
 *     the first
 * @param element the sub-attribute of an element that counts; null for a single value
 * @param descending from high to low; resources without a value are last when ascending and first
 *     when descending
 */
public record SortKey(Field field, @Nullable Field element, boolean descending) {

  /**
   * Reads the two parameters.
   *
   * @param order null for ascending
   * @param alsoKnown other types of a search over several
   * @return null when only another type has the attribute, so that it cannot sort this type
   * @throws ScimException 400 invalidPath when {@code sortBy} names no sortable attribute, 400
   *     invalidValue for another order
   */
  public static @Nullable SortKey of(
      ResourceDefinition definition,
      String sortBy,
      @Nullable String order,
      ResourceDefinition... alsoKnown) {
    boolean descending = isDescending(order);
    FilterNames.Way way =
        FilterNames.of(definition, alsoKnown)
            .find(sortBy)
            .flatMap(FilterNames::toValue)
            .filter(it -> it.through().size() < 2 && !it.field().attribute().hidden())
            .orElseThrow(
                () ->
                    ScimException.invalidPath(
                        "Resources cannot be sorted by " + FilterTokens.shown(sortBy) + "."));
    if (way.lacking()) {
      return null;
    }
    return way.through().isEmpty()
        ? new SortKey(way.field(), null, descending)
        : new SortKey(way.through().get(0), way.field(), descending);
  }

  private static boolean isDescending(@Nullable String order) {
    String word = order == null ? "ascending" : order.toLowerCase(Locale.ROOT);
    if (!word.equals("ascending") && !word.equals("descending")) {
      throw ScimException.invalidValue("'sortOrder' must be ascending or descending.");
    }
    return word.equals("descending");
  }

  /** The attribute whose values are compared. */
  public Attribute attribute() {
    return element == null ? field.attribute() : element.attribute();
  }
}
