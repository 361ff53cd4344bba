package io.gatehouse.directory;

import io.gatehouse.scim.ResourceType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Queries of administrators for the groups of a tenant, and for their members. */
public interface GroupQueries {

  /**
   * The criteria of a search.
   *
   * @param text the beginning of a displayName, or a whole externalId or id; null for all
   * @param after the end of the previous page, with the key of its name; or null
   */
  record Search(
      UUID tenant,
      @Nullable UUID connection,
      @Nullable String text,
      ResourceQuery.@Nullable Position after,
      int count) {}

  /**
   * A member of a group.
   *
   * @param name the userName of a user, or the displayName of a group
   * @param displayName of a user; null when there is none
   * @param state of a user, as {@link Person#state} names it; null for a group
   */
  record Member(
      UUID id,
      ResourceType type,
      String name,
      @Nullable String displayName,
      @Nullable String state) {}

  /** Groups in the order of their names. */
  List<Group> groups(Search search);

  /** The group with this id, of whatever tenant. */
  Optional<Group> group(UUID id);

  /**
   * Members in the order of their ids.
   *
   * @param after the last id of the previous page; null for the first page
   */
  List<Member> members(UUID tenant, UUID group, @Nullable UUID after, int count);

  /** What users and groups are called; those that are gone are left out. */
  Map<UUID, String> names(UUID tenant, Collection<UUID> ids);
}
