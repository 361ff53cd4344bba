package io.gatehouse.directory;

import io.gatehouse.scim.FilterCondition;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.SortKey;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A search (RFC 7644 section 3.4.2).
 *
 * @param from the types that are searched
 * @param window the part of the result that is wanted
 */
public record ResourceQuery(List<Selected> from, Window window) {

  /**
   * The resources of one type.
   *
   * @param filter null for all
   * @param sort null for the order of creation
   */
  public record Selected(
      ResourceType type, @Nullable FilterCondition filter, @Nullable SortKey sort) {}

  /**
   * A part of a result.
   *
   * @param offset how many to leave out, after the position
   * @param count at most this many; 0 for the total only
   * @param after where the page before ended, or null
   * @param total whether the number of all matches is asked for
   */
  public record Window(int offset, int count, @Nullable Position after, boolean total) {}

  /**
   * A place in a sorted result.
   *
   * @param key the value sorted by, as text; null when there is none
   * @param id tells resources with the same key apart
   */
  public record Position(@Nullable String key, UUID id) {}
}
