package io.gatehouse.directory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Everybody of a tenant, shown by SCIM or not, as an administrator sees them. */
public interface PeopleQueries {

  /** Where people may stand. */
  enum State {
    UNMANAGED,
    ACTIVE,
    DEACTIVATED,
    ERASED
  }

  /**
   * Whom to look for.
   *
   * @param text the beginning of a userName, or a whole e-mail, externalId or id; null for all
   * @param after where the page before ended, or null; with a key where people are in the order of
   *     their userNames
   */
  record Search(
      UUID tenant,
      @Nullable State state,
      @Nullable UUID connection,
      @Nullable String text,
      ResourceQuery.@Nullable Position after,
      int count) {

    /** Who is looked for by a text is found by name; all others come as they were made. */
    public boolean byName() {
      return text != null && state != State.ERASED;
    }

    /** The page after this. */
    public Search from(ResourceQuery.@Nullable Position position) {
      return new Search(tenant, state, connection, text, position, count);
    }
  }

  /**
   * Somebody whose data was erased.
   *
   * @param version of the last change
   */
  record Erased(UUID tenant, UUID id, long version, Instant at) {}

  /** A group that somebody belongs to. */
  record GroupName(UUID id, String displayName) {}

  /**
   * In id order, or by the key of the userName when a text is looked for; at most as many as asked
   * for.
   */
  List<Person> people(Search search);

  /** Those who were erased; a text must be the whole userName. */
  List<Erased> erased(Search search);

  Optional<Person> person(UUID tenant, UUID id);

  Optional<Erased> erased(UUID tenant, UUID id);

  /** The groups that somebody belongs to directly. */
  List<GroupName> groups(UUID tenant, UUID id);
}
