package io.gatehouse.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeData;
import io.gatehouse.command.Command;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.Outcome.Snapshot;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.ScimError;
import java.util.Optional;

/**
 * The rules of lifecycle commands of administrators and schedules, which apply to all users of the
 * tenant.
 */
final class LifecycleFold {

  private final FoldContext context;
  private final BatchPeople people;

  LifecycleFold(FoldContext context) {
    this.context = context;
    this.people = context.state().people();
  }

  FoldResult apply(Command.Lifecycle command) {
    Optional<Person> found = people.ofTenant(context.caller(), command.target());
    if (found.isEmpty()) {
      return context.notFound();
    }
    Person person = found.get();
    return switch (command.measure()) {
      case ENROL -> enrol(person);
      case RESTORE -> restore(person);
      case RELEASE -> release(person);
      case HOLD -> hold(person);
      case LIFT_HOLD -> at(person, person.lifecycle().held(null));
      case PURGE -> purge(person);
      case ERASE -> erase(person);
    };
  }

  private FoldResult enrol(Person person) {
    if (!person.active()) {
      return conflict("Only an active user can be enrolled.");
    }
    return person.lifecycle().enrolledAt() != null
        ? unchanged(person)
        : changed(
            Change.Type.ENROLLED,
            person,
            person.next(
                context.conforming(person.document()),
                person.lifecycle().enrolled(context.now()),
                context.now()));
  }

  private FoldResult restore(Person person) {
    if (person.active()) {
      return unchanged(person);
    }
    boolean taken =
        people
            .holder(context.caller(), person.userNameKey())
            .filter(it -> !it.id().equals(person.id()))
            .isPresent();
    if (taken) {
      return context.taken("userName");
    }
    ObjectNode document = context.conforming(person.document()).deepCopy().put("active", true);
    return changed(
        Change.Type.REACTIVATED,
        person,
        person.next(document, person.lifecycle().present(), context.now()));
  }

  private FoldResult release(Person person) {
    return person.connection() == null
        ? unchanged(person)
        : changed(
            Change.Type.UPDATED,
            person,
            person
                .of(null)
                .next(context.conforming(person.document()), person.lifecycle(), context.now()));
  }

  private FoldResult hold(Person person) {
    return person.lifecycle().heldAt() != null
        ? unchanged(person)
        : at(person, person.lifecycle().held(context.now()));
  }

  /** Changes the lifecycle state only, which is not announced to subscribers. */
  private FoldResult at(Person person, LifecycleState stage) {
    Person after = person.at(stage);
    people.put(after);
    return unchanged(after);
  }

  private FoldResult purge(Person person) {
    return !person.active()
            && person.lifecycle().heldAt() == null
            && person.lifecycle().due(context.now())
        ? gone(person)
        : conflict("The data of this user is not to be erased now.");
  }

  private FoldResult erase(Person person) {
    if (person.active()) {
      return conflict("Only the data of a deactivated user can be erased.");
    }
    if (person.lifecycle().heldAt() != null) {
      return conflict("A legal hold forbids to erase the data of this user.");
    }
    Person overdue = person.at(person.lifecycle().overdue(context.now()));
    people.put(overdue);
    return gone(overdue);
  }

  /** Marks a user as erased. The event contains ids only. */
  private FoldResult gone(Person person) {
    people.erase(person);
    Snapshot last =
        new Snapshot(
            ResourceType.USER,
            person.id(),
            person.version() + 1,
            person.created(),
            context.now(),
            Json.object());
    ObjectNode data = ChangeData.erased(context.envelope(), last.version());
    return context.changed(new Outcome.Deleted(person.id()), Change.Type.ERASED, last, data);
  }

  private FoldResult changed(Change.Type type, Person before, Person after) {
    return context.changed(new Outcome.Updated(after.snapshot()), type, before, after);
  }

  private FoldResult unchanged(Person person) {
    return context.unchanged(new Outcome.Updated(person.snapshot()));
  }

  private FoldResult conflict(String detail) {
    return context.refused(new ScimError(409, null, detail));
  }
}
