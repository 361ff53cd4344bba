package io.gatehouse.admin.api;

import io.gatehouse.scim.Json;
import org.jspecify.annotations.Nullable;

/** Display names, which are not used as keys. */
final class DisplayNames {

  private static final int MAX_CHARACTERS = 200;

  private DisplayNames() {}

  /** The given name, or the other one when none is given; 400 when it is too long or not a text. */
  static String of(@Nullable String given, String otherwise) {
    if (given == null || given.isBlank()) {
      return otherwise;
    }
    if (given.length() > MAX_CHARACTERS || !Json.isText(given)) {
      throw ProblemException.badRequest(
          "'name' must be a text of at most " + MAX_CHARACTERS + " characters.");
    }
    return given;
  }
}
