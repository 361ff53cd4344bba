package io.gatehouse.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an administrator may do. */
public enum Role {
  /** Sees users, connections, subscribers and problems. */
  VIEWER,
  /** Also acts on them: restores, enrols, replays, decides conflicts, releases the brake. */
  OPERATOR,
  /** Sees what a viewer sees, and the audit log. */
  AUDITOR,
  /** May do everything. */
  ADMIN;

  /** Whether this role may do what needs another one. */
  public boolean includes(Role needed) {
    return this == ADMIN || this == needed || needed == VIEWER;
  }

  /** The role as it is written in requests and answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Role> of(String word) {
    return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
  }
}
