package io.gatehouse.admin.api;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names that are safe in URLs, queue names and filters. */
final class SlugRules {

  private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private SlugRules() {}

  static String require(String field, @Nullable String text) {
    if (text == null || !SLUG.matcher(text).matches()) {
      throw ProblemException.badRequest(
          "'" + field + "' must be 1 to 63 of a-z, 0-9 and '-', and not begin with '-'.");
    }
    return text;
  }
}
