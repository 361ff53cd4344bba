package io.gatehouse.directory;

import io.gatehouse.command.Caller;
import io.gatehouse.scim.ResourceType;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The state that a batch works on: as loaded at first, then as the fold has changed it.
 *
 * @param rules the settings of tenants and connections
 * @param conflicts new users who were not linked
 */
public record BatchState(
    BatchPeople people, BatchGroups groups, BatchRules rules, Conflicts conflicts) {

  /** Users and groups with default rules. */
  public static BatchState of(BatchPeople people, BatchGroups groups) {
    return new BatchState(people, groups, BatchRules.NONE, new Conflicts(Map.of()));
  }

  /** The type of a possible member: a visible user or a group that the connection controls. */
  Optional<ResourceType> memberType(Caller caller, UUID id) {
    if (people.knows(id)) {
      return people.visible(caller, id).map(it -> ResourceType.USER);
    }
    if (groups.visible(caller, id).isPresent()) {
      return Optional.of(ResourceType.GROUP);
    }
    return groups.isRemoved(id) ? Optional.empty() : groups.candidate(caller, id);
  }
}
