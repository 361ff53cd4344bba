package io.gatehouse.directory;

import io.gatehouse.command.Caller;
import io.gatehouse.scim.ResourceType;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Everything that a batch names, as loaded and then as the fold leaves it.
 *
 * @param rules what tenants and connections have settled
 * @param conflicts newcomers who were not linked
 */
public record BatchState(
    BatchPeople people, BatchGroups groups, BatchRules rules, Conflicts conflicts) {

  /** People and groups where nothing special holds. */
  public static BatchState of(BatchPeople people, BatchGroups groups) {
    return new BatchState(people, groups, BatchRules.NONE, new Conflicts(Map.of()));
  }

  /** What kind of member this would be: somebody whom the connection controls and SCIM shows. */
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
