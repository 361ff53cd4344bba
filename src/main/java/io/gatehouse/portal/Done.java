package io.gatehouse.portal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a page says at its top after an act; its name is in the address of the page. */
enum Done {
  SAVED("The change was saved."),
  REMOVED("It was removed."),
  ENROLLED("The user is enrolled."),
  RESTORED("The user is active again."),
  ALL_RESTORED("All of these users are active again."),
  RELEASED("No connection controls the user any more."),
  HELD("A legal hold now forbids the erasure of the user."),
  HOLD_LIFTED("The legal hold is lifted."),
  USER_ADDED("The user was added. A connection may take the user over."),
  USER_REMOVED("The user is removed. The data is erased at the deadline."),
  ERASED("The data of the user is erased."),
  TOKEN_REVOKED("The token was revoked. Other instances may accept it for half a minute longer."),
  WAVE_ALLOWED("The users of the wave may leave. The IdP sends them again; parked ones leave now."),
  WAVE_REJECTED("The users of the wave stay active."),
  CONFLICT_DECIDED("The decision takes effect when the IdP sends the user again."),
  CONFLICT_DISMISSED("The conflict was dismissed; it comes back when the IdP asks again."),
  REPLAYED("The commands were sent again."),
  DISCARDED("The commands were discarded."),
  BOOTSTRAP("The present state is being sent."),
  REPLAY("The events are being sent again."),
  RESENT("The events are on their way again."),
  ENABLED("The endpoint is enabled, and its events are due."),
  SCHEDULED("The schedule was set."),
  ENROLMENT("The enrolment has begun."),
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
