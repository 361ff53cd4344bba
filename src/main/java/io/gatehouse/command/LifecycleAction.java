package io.gatehouse.command;

import java.util.Locale;

/** What an administrator or a schedule does about a person, of any connection or none. */
public enum LifecycleAction {
  /** Lets a person learn: never done by provisioning. */
  ENROL,

  /** Brings back somebody who left, under the same id. */
  RESTORE,

  /** Takes the person out of the control of the connection. */
  RELEASE,

  /** Stops erasure until it is lifted (legal hold). */
  HOLD,

  LIFT_HOLD,

  /** Erases the data of somebody who left, if the deadline has passed; else nothing. */
  PURGE,

  /** Erases the data of somebody who left, now. */
  ERASE;

  /** As in the audit log: {@code user.lift-hold}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
