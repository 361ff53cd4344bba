package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Limits the work of one command. The work is counted and not timed, so that a repeated command has
 * the same result. A step is about one term of a filter on one value.
 */
public final class WorkBudget {

  /**
   * The limit: about a second on a slow machine; requests of IdPs need less than a thousand steps.
   */
  static final long MOST = 2_000_000;

  /** Long texts take longer to compare. */
  private static final int CHARACTERS_PER_STEP = 64;

  private long left = MOST;

  /**
   * Counts steps.
   *
   * @throws ScimException 400 tooMany when the limit is exceeded
   */
  public void spend(long steps) {
    left -= steps;
    if (left < 0) {
      throw ScimException.tooMany(
          "The request takes more than "
              + MOST
              + " comparisons: operations times terms of their filters times values.");
    }
  }

  /** The number of steps to read a value once. */
  static long of(JsonNode value) {
    long steps = 1;
    if (value.isTextual()) {
      return steps + value.textValue().length() / CHARACTERS_PER_STEP;
    }
    for (JsonNode part : value) {
      steps += of(part);
    }
    return steps;
  }
}
