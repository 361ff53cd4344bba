package io.gatehouse.directory;

import io.gatehouse.command.Caller;
import io.gatehouse.command.RestoreCriteria;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The inactive users of a caller who may be the user of a create request.
 *
 * @param named the user with the same userName; empty when both have an externalId and the two
 *     differ
 * @param alike the other users with the same externalId, visible or not
 * @param certain whether an externalId is permanent, and {@code named} does not have it
 */
record ReturningUsers(Optional<Person> named, List<Person> alike, boolean certain) {

  static ReturningUsers of(
      BatchPeople people, Caller caller, Person asked, RestoreCriteria criteria) {
    String externalId = asked.identity();
    Optional<Person> named =
        people
            .inactive(caller)
            .filter(it -> it.userNameKey().equals(asked.userNameKey()))
            .filter(it -> compatible(it.identity(), externalId))
            .filter(it -> it.lifecycle().hidden() || criteria.inactive())
            .max(
                Comparator.comparing((Person it) -> isAlike(it, externalId))
                    .thenComparing(ReturningUsers::shownUntil));
    List<Person> alike =
        people
            .inactive(caller)
            .filter(it -> caller.isConnection() && isAlike(it, externalId))
            .filter(it -> named.filter(it::equals).isEmpty())
            .toList();
    boolean certain =
        criteria.externalId() && named.filter(it -> isAlike(it, externalId)).isEmpty();
    return new ReturningUsers(named, alike, certain);
  }

  /**
   * The users who may be restored; an externalId that several users have identifies none of them.
   */
  List<Person> returning() {
    return Stream.concat(
            named.stream(), certain && alike.size() == 1 ? alike.stream() : Stream.empty())
        .toList();
  }

  /** Of several users who have had one userName, the last one counts. */
  private static Instant shownUntil(Person person) {
    Instant deleted = person.lifecycle().deletedAt();
    return deleted == null ? Instant.MAX : deleted;
  }

  private static boolean isAlike(Person person, @Nullable String externalId) {
    return externalId != null && externalId.equals(person.externalId());
  }

  private static boolean compatible(@Nullable String one, @Nullable String other) {
    return one == null || other == null || one.equals(other);
  }
}
