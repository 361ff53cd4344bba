package io.gatehouse.directory;

import java.util.Set;
import java.util.UUID;

/** The members who joined and who left a group by one command. */
record MembershipDelta(Set<UUID> joined, Set<UUID> left) {

  boolean isEmpty() {
    return joined.isEmpty() && left.isEmpty();
  }
}
