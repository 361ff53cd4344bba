package io.gatehouse.directory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The loaded members of one group, and the changes that the fold makes to them. */
final class GroupMembers {

  private final Map<UUID, Membership> stored = new LinkedHashMap<>();
  private final Map<UUID, Membership> current = new LinkedHashMap<>();

  void load(Membership membership) {
    stored.put(membership.member(), membership);
    current.put(membership.member(), membership);
  }

  /** The loaded members that have not left, and the members that have joined since. */
  List<Membership> known() {
    return List.copyOf(current.values());
  }

  int count() {
    return current.size();
  }

  boolean has(UUID member) {
    return current.containsKey(member);
  }

  /** Undoes the changes since these members were read. */
  void reset(List<Membership> known) {
    current.clear();
    known.forEach(it -> current.put(it.member(), it));
  }

  /** Adds a member; false when it is one already. */
  boolean add(Membership membership) {
    return current.putIfAbsent(membership.member(), membership) == null;
  }

  /** Removes a member; false when it is none. */
  boolean remove(UUID member) {
    return current.remove(member) != null;
  }

  /** The member itself is deleted, and the store deletes its memberships. */
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
