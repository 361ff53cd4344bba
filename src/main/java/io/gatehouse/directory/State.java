package io.gatehouse.directory;

import io.gatehouse.command.Caller;
import io.gatehouse.scim.ResourceType;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Everything that a batch names, as loaded and then as the fold leaves it.
 *
 * @param rules by tenant; the default rules hold where there are none
 */
public record State(Roster people, GroupRoster groups, Map<UUID, TenantRules> rules) {

  TenantRules rules(Caller caller) {
    return rules.getOrDefault(caller.tenant(), TenantRules.DEFAULT);
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
