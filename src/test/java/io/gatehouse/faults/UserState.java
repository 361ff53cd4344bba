package io.gatehouse.faults;

import io.gatehouse.faults.History.Call;
import java.util.Optional;

/** What clients can see of a user, and the model of what a call does to it. */
record UserState(long version, String title, boolean active, boolean present) {

  static final UserState CREATED = new UserState(1, "0", true, true);

  /** The state after a call; empty if the call cannot have had its answer in this state. */
  Optional<UserState> after(Call call) {
    UserState next = present ? applied(call) : this;
    return agrees(call, next) ? Optional.of(next) : Optional.empty();
  }

  private boolean agrees(Call call, UserState next) {
    return switch (call.result()) {
      case OK -> present && (call.seen() == null || call.seen().equals(next));
      case GONE -> !present;
      case INFO -> true;
      case FAIL -> false;
    };
  }

  private UserState applied(Call call) {
    String value = call.action().value();
    return switch (call.action().kind()) {
      case READ -> this;
      case TITLE -> value.equals(title) ? this : new UserState(version + 1, value, active, true);
      case ACTIVE ->
          Boolean.parseBoolean(value) == active
              ? this
              : new UserState(version + 1, title, !active, true);
      case DELETE -> new UserState(version + 1, title, false, false);
    };
  }
}
