package io.gatehouse.faults;

import java.util.Locale;

/** Where a gateway can be halted: each lies between two effects that do not happen together. */
enum HaltPoint {
  /** Before a command is sent to the queue. */
  EDGE_BEFORE_SEND,
  /** The broker has a command, and its sender does not know that. */
  EDGE_AFTER_SEND,
  /** The answer to a write is known, and has not been written out. */
  EDGE_BEFORE_ANSWER,
  /** A command has been received from the queue. */
  APPLY_AFTER_RECEIVE,
  /** The users are stored in the open transaction, outcomes and changes are not. */
  APPLY_AFTER_SAVE,
  APPLY_BEFORE_COMMIT,
  APPLY_AFTER_COMMIT,
  /** The requests that wait have been woken. */
  APPLY_BEFORE_ACKNOWLEDGE,
  APPLY_AFTER_ACKNOWLEDGE,
  RELAY_BEFORE_SEND,
  /** The broker has the events, and the database does not know that. */
  RELAY_AFTER_SEND,
  /** The changes are marked as announced. */
  RELAY_AFTER_MARK,
  /** The row of a user is deleted in the open transaction, what else is kept of the user is not. */
  ERASURE_MID,
  ERASURE_BEFORE_COMMIT,
  ERASURE_AFTER_COMMIT;

  boolean isOfErasure() {
    return name().startsWith("ERASURE");
  }

  /** As in {@code apply.before-commit}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".").replace('_', '-');
  }

  static HaltPoint of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'));
  }
}
