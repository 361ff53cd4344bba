package io.gatehouse.command;

import java.util.Locale;

/** An action of an administrator or a schedule on a user, of any connection or none. */
public enum LifecycleAction {
  /** Enrols the user for training; provisioning never does. */
  ENROL,

  /** Restores a user who has left, under the same id. */
  RESTORE,

  /** Removes the user from the control of the connection. */
  RELEASE,

  /** Forbids erasure until the hold is lifted (legal hold). */
  HOLD,

  LIFT_HOLD,

  /** Erases the data of a user who has left, if the deadline has passed; else does nothing. */
  PURGE,

  /** Erases the data of a user who has left, immediately. */
  ERASE;

  /** The word in the audit log, for example {@code lift-hold} of {@code user.lift-hold}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
