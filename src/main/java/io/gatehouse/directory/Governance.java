package io.gatehouse.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeData;
import io.gatehouse.command.Command;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.Outcome.Snapshot;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Refusal;
import io.gatehouse.scim.ResourceType;
import java.util.Optional;

/** The rules about what administrators and schedules do, to anybody of the tenant. */
final class Governance {

  private final Turn turn;
  private final Roster roster;

  Governance(Turn turn) {
    this.turn = turn;
    this.roster = turn.state().people();
  }

  Step apply(Command.Govern command) {
    Optional<Person> found = roster.ofTenant(turn.caller(), command.target());
    if (found.isEmpty()) {
      return turn.notFound();
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

  private Step enrol(Person person) {
    if (!person.active()) {
      return conflict("Only an active user can be enrolled.");
    }
    return person.lifecycle().enrolledAt() != null
        ? unchanged(person)
        : changed(
            Change.Type.ENROLLED,
            person,
            person.next(
                turn.conforming(person.document()),
                person.lifecycle().enrolled(turn.now()),
                turn.now()));
  }

  private Step restore(Person person) {
    if (person.active()) {
      return unchanged(person);
    }
    boolean taken =
        roster
            .holder(turn.caller(), person.userNameKey())
            .filter(it -> !it.id().equals(person.id()))
            .isPresent();
    if (taken) {
      return turn.taken("userName");
    }
    ObjectNode document = turn.conforming(person.document()).deepCopy().put("active", true);
    return changed(
        Change.Type.REACTIVATED,
        person,
        person.next(document, person.lifecycle().present(), turn.now()));
  }

  private Step release(Person person) {
    return person.connection() == null
        ? unchanged(person)
        : changed(
            Change.Type.UPDATED,
            person,
            person
                .of(null)
                .next(turn.conforming(person.document()), person.lifecycle(), turn.now()));
  }

  private Step hold(Person person) {
    return person.lifecycle().heldAt() != null
        ? unchanged(person)
        : at(person, person.lifecycle().held(turn.now()));
  }

  /** Nothing that a subscriber sees. */
  private Step at(Person person, Lifecycle stage) {
    Person after = person.at(stage);
    roster.put(after);
    return unchanged(after);
  }

  private Step purge(Person person) {
    return !person.active()
            && person.lifecycle().heldAt() == null
            && person.lifecycle().due(turn.now())
        ? gone(person)
        : conflict("The data of this user is not to be erased now.");
  }

  private Step erase(Person person) {
    if (person.active()) {
      return conflict("Only the data of a deactivated user can be erased.");
    }
    if (person.lifecycle().heldAt() != null) {
      return conflict("A legal hold forbids to erase the data of this user.");
    }
    Person overdue = person.at(person.lifecycle().overdue(turn.now()));
    roster.put(overdue);
    return gone(overdue);
  }

  /** Announced with ids only. */
  private Step gone(Person person) {
    roster.erase(person);
    Snapshot last =
        new Snapshot(
            ResourceType.USER,
            person.id(),
            person.version() + 1,
            person.created(),
            turn.now(),
            Json.object());
    ObjectNode data = ChangeData.erased(turn.envelope(), last.version());
    return turn.changed(new Outcome.Deleted(person.id()), Change.Type.ERASED, last, data);
  }

  private Step changed(Change.Type type, Person before, Person after) {
    return turn.changed(new Outcome.Updated(after.snapshot()), type, before, after);
  }

  private Step unchanged(Person person) {
    return turn.unchanged(new Outcome.Updated(person.snapshot()));
  }

  private Step conflict(String detail) {
    return turn.refused(new Refusal(409, null, detail));
  }
}
