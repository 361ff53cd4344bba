package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How much one command makes the gateway look at. It is counted and not timed, so that a command
 * that is applied again comes to the same end. A step is about one term of a filter on one value.
 */
public final class WorkBudget {

  /** A second's work on a slow machine; what IdPs send needs less than a thousand steps. */
  static final long MOST = 2_000_000;

  /** Long texts take longer to compare. */
  private static final int CHARACTERS_PER_STEP = 64;

  private long left = MOST;

  /**
   * Takes steps.
   *
   * @throws ScimException 400 tooMany when it has become too much
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

  /** How many steps it takes to look at a value once. */
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
