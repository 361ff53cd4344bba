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
 * The users of a caller who are inactive and may be the one whom a POST creates.
 *
 * @param named the user of the same userName; empty when both have an externalId and the two differ
 * @param alike the others of the same externalId, shown or not
 * @param certain whether an externalId names one person for ever, and it is not that of {@code
 *     named}
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

  /** Those who are brought back; an externalId of several names none of them. */
  List<Person> returning() {
    return Stream.concat(
            named.stream(), certain && alike.size() == 1 ? alike.stream() : Stream.empty())
        .toList();
  }

  /** Of several who have had one name, the last is meant. */
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
