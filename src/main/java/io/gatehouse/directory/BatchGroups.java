package io.gatehouse.directory;

import io.gatehouse.command.Caller;
import io.gatehouse.directory.BatchKeys.ConnectionId;
import io.gatehouse.scim.ResourceType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The groups of a batch, and the memberships that it may change. */
public final class BatchGroups {

  private final Map<UUID, Group> groups = new LinkedHashMap<>();
  private final Map<UUID, Group> changed = new LinkedHashMap<>();
  private final Set<Group> removed = new LinkedHashSet<>();
  private final Map<UUID, GroupMembers> members = new LinkedHashMap<>();
  private final Map<ConnectionId, ResourceType> candidates;

  /**
   * Starts from the stored state.
   *
   * @param stored locked until the transaction ends
   * @param memberships of these groups, as far as the batch may change or must know them
   * @param candidates types of possible new members, by connection and id
   */
  public BatchGroups(
      Collection<Group> stored,
      Collection<Membership> memberships,
      Map<ConnectionId, ResourceType> candidates) {
    stored.forEach(group -> groups.put(group.id(), group));
    memberships.forEach(it -> members(it.group()).load(it));
    this.candidates = Map.copyOf(candidates);
  }

  /** The state for a batch that names no group. */
  public static BatchGroups empty() {
    return new BatchGroups(List.of(), List.of(), Map.of());
  }

  /** A group that this connection controls. */
  Optional<Group> visible(Caller caller, UUID id) {
    return Optional.ofNullable(groups.get(id))
        .filter(it -> it.tenant().equals(caller.tenant()))
        .filter(it -> it.connection().equals(caller.requireConnection()));
  }

  /** A group of any connection of the tenant. */
  Optional<Group> ofTenant(Caller caller, UUID id) {
    return Optional.ofNullable(groups.get(id)).filter(it -> it.tenant().equals(caller.tenant()));
  }

  /** Whether a group of the connection has this name. */
  boolean taken(Caller caller, String displayNameKey) {
    return groups.values().stream()
        .anyMatch(
            it ->
                it.connection().equals(caller.requireConnection())
                    && it.displayNameKey().equals(displayNameKey));
  }

  /** The stored type of a possible new member. */
  Optional<ResourceType> candidate(Caller caller, UUID id) {
    return Optional.ofNullable(
        candidates.get(new ConnectionId(caller.tenant(), caller.requireConnection(), id)));
  }

  GroupMembers members(UUID group) {
    return members.computeIfAbsent(group, it -> new GroupMembers());
  }

  void put(Group group) {
    groups.put(group.id(), group);
    changed.put(group.id(), group);
  }

  /** Removes a group with its memberships, including its own in other groups. */
  void remove(Group group) {
    groups.remove(group.id());
    changed.remove(group.id());
    members.remove(group.id());
    members.values().forEach(it -> it.forget(group.id()));
    removed.add(group);
  }

  boolean isRemoved(UUID id) {
    return removed.stream().anyMatch(it -> it.id().equals(id));
  }

  /** The last state of every group that the fold has changed and not removed. */
  public Collection<Group> changed() {
    return changed.values();
  }

  public Collection<Group> removed() {
    return removed;
  }

  public List<Membership> joined() {
    return members.values().stream().flatMap(it -> it.joined().stream()).toList();
  }

  public List<Membership> left() {
    return members.values().stream().flatMap(it -> it.left().stream()).toList();
  }
}
