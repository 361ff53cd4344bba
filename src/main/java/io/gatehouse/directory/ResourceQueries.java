package io.gatehouse.directory;

import io.gatehouse.command.Caller;
import io.gatehouse.command.Outcome.Snapshot;
import io.gatehouse.scim.ResourceType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;

/** What SCIM shows to a connection: what it controls and what is not deleted, as it is now. */
public interface ResourceQueries {

  Optional<Snapshot> find(Caller caller, ResourceType type, UUID id);

  Page find(Caller caller, ResourceQuery query);

  /**
   * The members of these groups.
   *
   * @param limit the most references that are read, in all groups together
   * @return empty when there are more
   */
  Optional<Map<UUID, List<Reference>>> members(Caller caller, Collection<UUID> groups, int limit);

  /** Shows all members of a group, one after the other, as they are at one moment. */
  void eachMember(Caller caller, UUID group, Consumer<Reference> shown);

  /** Whether a group has more members than {@code limit}. */
  boolean hasMoreMembers(Caller caller, UUID group, int limit);

  /** The groups that these users belong to directly. */
  Map<UUID, List<Reference>> groupsOf(Caller caller, Collection<UUID> users);

  /** One resource as another refers to it. */
  record Reference(UUID id, ResourceType type, String display) {}

  /**
   * One page.
   *
   * @param total all that match, on any page; empty when the query did not ask
   * @param resources as many from the beginning as may be in memory together
   * @param rest those after them, which are to be found one by one
   * @param next where the next page begins, if there is one
   */
  record Page(
      OptionalLong total,
      List<Snapshot> resources,
      List<Key> rest,
      Optional<ResourceQuery.Position> next) {

    /** How many resources are on it. */
    public int size() {
      return resources.size() + rest.size();
    }
  }

  /** What finds one resource. */
  record Key(ResourceType type, UUID id) {}
}
