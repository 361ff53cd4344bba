package io.gatehouse.portal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a page says at its top after an act; its name is in the address of the page. */
enum Done {
  SAVED("The change was saved."),
  REMOVED("It was removed."),
  REVOKED("It was revoked, and is refused from now on."),
  SESSION_ENDED("The session was ended.");

  private final String text;

  Done(String text) {
    this.text = text;
  }

  /** The value of the parameter {@code done}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The text for the value of the parameter {@code done}; null for any other value. */
  static @Nullable String text(@Nullable String word) {
    return Optional.ofNullable(word)
        .flatMap(it -> Arrays.stream(values()).filter(done -> done.word().equals(it)).findFirst())
        .map(it -> it.text)
        .orElse(null);
  }
}
