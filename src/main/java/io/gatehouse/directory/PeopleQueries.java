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
   * @param text the beginning of a userName, a display name, a family name or the main e-mail
   *     address, or a whole e-mail address, externalId or id; null for all
   * @param after the end of the previous page, or null; its key is the place of the last match
   */
  record Search(
      UUID tenant,
      @Nullable State state,
      @Nullable UUID connection,
      @Nullable String text,
      ResourceQuery.@Nullable Position after,
      int count) {

    /**
     * Whether the result is sorted by names: searches with a text are, except for erased users; all
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

  /**
   * A user who was found.
   *
   * @param place in a result that is sorted by names; null in one that is sorted by id
   */
  record Match(Person person, @Nullable String place) {}

  /** A group of a user. */
  record GroupName(UUID id, String displayName) {}

  /**
   * Users in the order of their ids; when the search has a text, those whose userName begins with
   * it first, then those found otherwise. At most the requested number.
   */
  List<Match> people(Search search);

  /**
   * Active users of a connection who are not enrolled, in the order of their ids.
   *
   * @param after the last id of the previous page, or null
   */
  List<Person> unenrolled(UUID tenant, @Nullable UUID after, int count);

  /**
   * Erased users; a text must be the whole userName or id. No connection has any, because it is not
   * known any more whose they were.
   */
  List<Erased> erased(Search search);

  Optional<Person> person(UUID tenant, UUID id);

  Optional<Erased> erased(UUID tenant, UUID id);

  /** The groups that a user belongs to directly. */
  List<GroupName> groups(UUID tenant, UUID id);
}
