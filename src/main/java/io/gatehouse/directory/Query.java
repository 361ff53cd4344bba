package io.gatehouse.directory;

import com.unboundid.scim2.common.filters.Filter;
import org.jspecify.annotations.Nullable;

/**
 * A search (RFC 7644 section 3.4.2).
 *
 * @param filter null for everybody
 * @param startIndex 1-based
 * @param count at most this many, 0 for the total only
 */
public record Query(@Nullable Filter filter, int startIndex, int count) {}
