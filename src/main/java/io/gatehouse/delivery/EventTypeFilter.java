package io.gatehouse.delivery;

import java.util.List;

/**
 * Which types of events are wanted.
 *
 * @param patterns event types, a trailing {@code *} for all that begin so; empty for all
 */
public record EventTypeFilter(List<String> patterns) {

  /** Whether an event of this type is wanted. */
  public boolean include(String type) {
    return patterns.isEmpty() || patterns.stream().anyMatch(it -> matches(it, type));
  }

  private static boolean matches(String pattern, String type) {
    return pattern.endsWith("*")
        ? type.startsWith(pattern.substring(0, pattern.length() - 1))
        : type.equals(pattern);
  }
}
