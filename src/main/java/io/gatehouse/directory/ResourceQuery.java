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
 * @param window the requested part of the result
 * @param groups whether the groups of each resource are read with it
 */
public record ResourceQuery(List<Selected> from, Window window, boolean groups) {

  /** A search that reads no groups. */
  public ResourceQuery(List<Selected> from, Window window) {
    this(from, window, false);
  }

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
   * @param offset number of matches to skip, after the position
   * @param count maximum number of resources; 0 for the total only
   * @param after the end of the previous page, or null
   * @param total whether to count all matches
   */
  public record Window(int offset, int count, @Nullable Position after, boolean total) {}

  /**
   * A position in a sorted result.
   *
   * @param key the sort value as text; null when there is none
   * @param id distinguishes resources with the same key
   */
  public record Position(@Nullable String key, UUID id) {}
}
