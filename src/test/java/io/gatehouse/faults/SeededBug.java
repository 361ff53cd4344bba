package io.gatehouse.faults;

import java.util.Locale;

/** Rules of the gateway that the suite breaks, one at a time, to see that its checks notice. */
enum SeededBug {
  NONE,
  /** The queue forgets a batch before the database has it. */
  ACKNOWLEDGE_FIRST,
  /** A command that was applied before is applied again. */
  CLAIM_SKIPPED,
  /** What a second relay is sending is sent as well. */
  RELAY_WITHOUT_LOCK,
  /** Changes are marked as announced before the broker has them. */
  RELAY_MARKS_FIRST,
  /** The relay goes on behind the newest announced change, not at the oldest unannounced one. */
  RELAY_CURSOR,
  /** Commands have a time to live. */
  COMMAND_EXPIRES,
  /** A request is answered before its change is committed. */
  ANSWER_BEFORE_COMMIT,
  /** Commands of one user have no order, no lock, and no check of the version. */
  USER_UNLOCKED,
  /** A write whose outcome did not arrive in time is answered with success. */
  NO_REPLY_AS_SUCCESS,
  /** The row of a user and what else is kept of the user are erased in two transactions. */
  ERASURE_IN_TWO,
  /** A user is stored in one transaction, the outcome and the change in another. */
  CHANGE_APART;

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
