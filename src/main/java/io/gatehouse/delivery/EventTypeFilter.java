package io.gatehouse.delivery;

import java.util.List;

/**
 * The event types of a subscription or request.
 *
 * @param patterns event types, a trailing {@code *} for all types with this prefix; empty for all
 */
public record EventTypeFilter(List<String> patterns) {

  /** Whether the filter includes an event of this type. */
  public boolean include(String type) {
    return patterns.isEmpty() || patterns.stream().anyMatch(it -> matches(it, type));
  }

  private static boolean matches(String pattern, String type) {
    return pattern.endsWith("*")
        ? type.startsWith(pattern.substring(0, pattern.length() - 1))
        : type.equals(pattern);
  }
}
