package io.gatehouse.admin.api;

import io.gatehouse.scim.Json;
import org.jspecify.annotations.Nullable;

/** Names for people to read, which nothing is found by. */
final class DisplayNames {

  private static final int MAX_CHARACTERS = 200;

  private DisplayNames() {}

  /** What was given, or else the other name; 400 when it is too long or no text. */
  static String of(@Nullable String given, String otherwise) {
    if (given == null) {
      return otherwise;
    }
    if (given.length() > MAX_CHARACTERS || !Json.isText(given)) {
      throw ProblemException.badRequest(
          "'name' must be a text of at most " + MAX_CHARACTERS + " characters.");
    }
    return given;
  }
}
