package io.gatehouse.directory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Queries of administrators for all users of a tenant, visible by SCIM or not. */
public interface PeopleQueries {

  /** The lifecycle states of users. */
  enum State {
    UNMANAGED,
    ACTIVE,
    DEACTIVATED,
    ERASED
  }

  /**
   * The criteria of a search.
   *
   * @param text the beginning of a userName, or a whole e-mail, externalId or id; null for all
   * @param after the end of the previous page, or null; with a key where users are sorted by their
   *     userNames
   */
  record Search(
      UUID tenant,
      @Nullable State state,
      @Nullable UUID connection,
      @Nullable String text,
      ResourceQuery.@Nullable Position after,
      int count) {

    /**
     * Whether the result is sorted by name: searches with a text are, except for erased users; all
     * others are sorted by id.
     */
    public boolean byName() {
      return text != null && state != State.ERASED;
    }

    /** The search for the page after this position. */
    public Search from(ResourceQuery.@Nullable Position position) {
      return new Search(tenant, state, connection, text, position, count);
    }
  }

  /**
   * An erased user.
   *
   * @param version of the last change
   */
  record Erased(UUID tenant, UUID id, long version, Instant at) {}

  /** A group of a user. */
  record GroupName(UUID id, String displayName) {}

  /**
   * Users in the order of their ids, or of their userName keys when the search has a text; at most
   * the requested number.
   */
  List<Person> people(Search search);

  /**
   * Active users of a connection who are not enrolled, in the order of their ids.
   *
   * @param after the last id of the previous page, or null
   */
  List<Person> unenrolled(UUID tenant, @Nullable UUID after, int count);

  /** Erased users; a text must be the whole userName. */
  List<Erased> erased(Search search);

  Optional<Person> person(UUID tenant, UUID id);

  Optional<Erased> erased(UUID tenant, UUID id);

  /** The groups that a user belongs to directly. */
  List<GroupName> groups(UUID tenant, UUID id);
}
