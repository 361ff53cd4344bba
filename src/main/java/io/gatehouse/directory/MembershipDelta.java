package io.gatehouse.directory;

import java.util.Set;
import java.util.UUID;

/** Who joined and who left a group, in one command. */
record MembershipDelta(Set<UUID> joined, Set<UUID> left) {

  boolean isEmpty() {
    return joined.isEmpty() && left.isEmpty();
  }
}
