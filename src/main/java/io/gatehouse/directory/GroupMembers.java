package io.gatehouse.directory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The members of one group as far as they were loaded, and what the fold makes of them. */
final class GroupMembers {

  private final Map<UUID, Membership> stored = new LinkedHashMap<>();
  private final Map<UUID, Membership> current = new LinkedHashMap<>();

  void load(Membership membership) {
    stored.put(membership.member(), membership);
    current.put(membership.member(), membership);
  }

  /** Those that were loaded or have joined since. */
  List<Membership> known() {
    return List.copyOf(current.values());
  }

  int count() {
    return current.size();
  }

  boolean has(UUID member) {
    return current.containsKey(member);
  }

  /** Takes back what has been moved since these were known. */
  void reset(List<Membership> known) {
    current.clear();
    known.forEach(it -> current.put(it.member(), it));
  }

  /** Whether this one is new. */
  boolean add(Membership membership) {
    return current.putIfAbsent(membership.member(), membership) == null;
  }

  /** Whether there was one to remove. */
  boolean remove(UUID member) {
    return current.remove(member) != null;
  }

  /** The member itself is gone, and the store drops its memberships. */
  void forget(UUID member) {
    stored.remove(member);
    current.remove(member);
  }

  Collection<Membership> joined() {
    List<Membership> joined = new ArrayList<>(current.values());
    joined.removeIf(it -> stored.containsKey(it.member()));
    return joined;
  }

  Collection<Membership> left() {
    List<Membership> left = new ArrayList<>(stored.values());
    left.removeIf(it -> current.containsKey(it.member()));
    return left;
  }
}
