package io.gatehouse.admin.api;

import io.gatehouse.directory.PeopleQueries;
import io.gatehouse.lifecycle.PersonRef;
import io.gatehouse.lifecycle.PersonRefs;
import io.gatehouse.security.CurrentAdministrator;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Finds the user that a call names. */
@Component
final class UserLookup {

  private final PersonRefs people;
  private final PeopleQueries peopleQueries;

  UserLookup(PersonRefs people, PeopleQueries peopleQueries) {
    this.people = people;
    this.peopleQueries = peopleQueries;
  }

  /** A user who has not been erased; 404 when there is none. */
  PersonRef requireKnown(UUID id) {
    PersonRef user = requireEver(id);
    if (user.erased()) {
      throw ProblemException.notFound("The data of the user " + id + " was erased.");
    }
    return user;
  }

  /** A user, erased or not; 404 when there has never been one with this id. */
  PersonRef requireEver(UUID id) {
    return visible(id).orElseThrow(() -> none(id));
  }

  private Optional<PersonRef> visible(UUID id) {
    return people.find(id).filter(it -> CurrentAdministrator.get().isOf(it.tenant()));
  }

  UserView view(UUID id) {
    PersonRef person = requireEver(id);
    Optional<UserView> present =
        peopleQueries
            .person(person.tenant(), id)
            .map(
                it ->
                    UserView.of(
                        person.tenantSlug(), it, peopleQueries.groups(person.tenant(), id)));
    return present
        .or(
            () ->
                peopleQueries
                    .erased(person.tenant(), id)
                    .map(it -> UserView.of(person.tenantSlug(), it)))
        .orElseThrow(() -> none(id));
  }

  private static ProblemException none(UUID id) {
    return ProblemException.notFound("There is no user " + id + ".");
  }
}
