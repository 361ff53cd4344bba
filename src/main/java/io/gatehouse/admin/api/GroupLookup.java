package io.gatehouse.admin.api;

import io.gatehouse.directory.Group;
import io.gatehouse.directory.GroupQueries;
import io.gatehouse.security.CurrentAdministrator;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Finds the group that a call names. */
@Component
final class GroupLookup {

  private final GroupQueries groupQueries;

  GroupLookup(GroupQueries groupQueries) {
    this.groupQueries = groupQueries;
  }

  /** The group with this id; 404 when there is none, or when it is of another tenant. */
  Group known(UUID id) {
    return groupQueries
        .group(id)
        .filter(it -> CurrentAdministrator.get().isOf(it.tenant()))
        .orElseThrow(() -> ProblemException.notFound("There is no group " + id + "."));
  }
}
