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

/**
 * The present users and groups that a connection sees by SCIM: those that it controls and that are
 * not deleted.
 */
public interface ResourceQueries {

  /**
   * One resource.
   *
   * @param groups whether its groups are read with it
   */
  Optional<Found> find(Caller caller, ResourceType type, UUID id, boolean groups);

  Page find(Caller caller, ResourceQuery query);

  /**
   * The members of these groups.
   *
   * @param limit maximum number of references in all groups together
   * @return empty when there are more
   */
  Optional<Map<UUID, List<Reference>>> members(Caller caller, Collection<UUID> groups, int limit);

  /** Passes all members of a group on, one after the other, as of one moment. */
  void eachMember(Caller caller, UUID group, Consumer<Reference> shown);

  /** Whether a group has more members than {@code limit}. */
  boolean hasMoreMembers(Caller caller, UUID group, int limit);

  /** The groups that these users belong to directly. */
  Map<UUID, List<Reference>> groupsOf(Caller caller, Collection<UUID> users);

  /**
   * A resource as it is stored.
   *
   * @param groups those that it belongs to directly, in the order of their ids; empty when they
   *     were not read with it
   */
  record Found(Snapshot resource, Optional<List<Reference>> groups) {
    public UUID id() {
      return resource.id();
    }

    public ResourceType type() {
      return resource.type();
    }
  }

  /** A reference from one resource to another. */
  record Reference(UUID id, ResourceType type, String display) {}

  /**
   * One page.
   *
   * @param total number of all matches; empty when the query did not ask for it
   * @param resources the first resources, as many as may be in memory together
   * @param rest the further ones, which are to be loaded one by one
   * @param next the beginning of the next page, if there is one
   */
  record Page(
      OptionalLong total,
      List<Found> resources,
      List<Key> rest,
      Optional<ResourceQuery.Position> next) {

    /** Number of resources on the page. */
    public int size() {
      return resources.size() + rest.size();
    }
  }

  /** Identifies one resource. */
  record Key(ResourceType type, UUID id) {}
}
