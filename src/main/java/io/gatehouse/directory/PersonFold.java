package io.gatehouse.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.change.Change;
import io.gatehouse.command.Command;
import io.gatehouse.command.Leeway;
import io.gatehouse.command.Outcome;
import io.gatehouse.lifecycle.Brake;
import io.gatehouse.scim.Immutable;
import io.gatehouse.scim.NameKey;
import io.gatehouse.scim.Patch;
import io.gatehouse.scim.Refusal;
import io.gatehouse.scim.ResourceReader;
import io.gatehouse.scim.Salvage;
import java.util.Optional;

/** The rules about people. */
final class PersonFold implements Command.Cases<Step> {

  private final Turn turn;
  private final Roster roster;

  PersonFold(Turn turn) {
    this.turn = turn;
    this.roster = turn.state().people();
  }

  @Override
  public Step create(Command.Create command) {
    return Arrival.of(turn, command);
  }

  @Override
  public Step replace(Command.Replace command) {
    return turn.over(
        found(command),
        command.ifMatch(),
        before -> rewrite(before, replaced(command, turn.conforming(before.document()))));
  }

  private ObjectNode replaced(Command.Replace command, ObjectNode before) {
    ObjectNode asked = Immutable.keep(turn.definition(), before, command.resource().deepCopy());
    Omissions.keep(command.leeway().kept(), before, asked);
    return new ResourceReader(turn.definition()).completeReplacement(before, asked);
  }

  @Override
  public Step modify(Command.Modify command) {
    Step step =
        turn.over(
            found(command),
            command.ifMatch(),
            before ->
                rewrite(
                    before,
                    Patch.apply(
                        turn.definition(),
                        turn.conforming(before.document()),
                        command.operations())));
    return command.leeway().salvage()
            && step.outcome() instanceof Outcome.Refused refused
            && refused.status() != Refusal.TOO_MANY
        ? salvage(command).orElse(step)
        : step;
  }

  /**
   * A broken neighbour must not keep a leaver active: what cannot be applied is left out, and that
   * is recorded.
   */
  private Optional<Step> salvage(Command.Modify command) {
    return found(command)
        .filter(Person::active)
        .map(
            before ->
                Salvage.of(
                    turn.definition(),
                    turn.conforming(before.document()),
                    command.operations(),
                    after -> acceptable(before, after)))
        .filter(Salvage::deactivates)
        .map(
            it ->
                new PersonFold(turn.repaired(Leeway.SALVAGE, it.leftOut()))
                    .modify(command.with(it.kept())));
  }

  private boolean acceptable(Person before, ObjectNode after) {
    Immutable.check(turn.definition(), turn.conforming(before.document()), after);
    return !isTaken(before, NameKey.of(after.path("userName").asText()));
  }

  private boolean isTaken(Person before, String userNameKey) {
    return !userNameKey.equals(before.userNameKey())
        && roster.holder(turn.caller(), userNameKey).isPresent();
  }

  private Optional<Person> found(Command command) {
    return roster.visible(turn.caller(), command.target());
  }

  private Step rewrite(Person before, ObjectNode document) {
    if (!document.has("active")) {
      document.put("active", before.active());
    }
    if (document.equals(before.document())) {
      return turn.unchanged(new Outcome.Updated(before.snapshot()));
    }
    Immutable.check(turn.definition(), turn.conforming(before.document()), document);
    boolean active = document.path("active").asBoolean();
    Lifecycle stage =
        active == before.active() ? before.lifecycle() : turn.stage(before.lifecycle(), active);
    Person after = before.next(document, stage, turn.now());
    if (isTaken(before, after.userNameKey())) {
      return turn.taken("userName");
    }
    Change.Type type = typeOf(before, active);
    return type == Change.Type.DEACTIVATED && !mayLeave(before)
        ? braked()
        : turn.changed(new Outcome.Updated(after.snapshot()), type, before, after);
  }

  private static Change.Type typeOf(Person before, boolean active) {
    if (active == before.active()) {
      return Change.Type.UPDATED;
    }
    return active ? Change.Type.REACTIVATED : Change.Type.DEACTIVATED;
  }

  @Override
  public Step delete(Command.Delete command) {
    return turn.over(found(command), command.ifMatch(), this::leave);
  }

  private Step leave(Person person) {
    Outcome deleted = new Outcome.Deleted(person.id());
    if (person.active()) {
      return mayLeave(person)
          ? turn.changed(deleted, Change.Type.DEACTIVATED, person, gone(person))
          : braked();
    }
    Lifecycle left = person.lifecycle();
    Lifecycle inactive = left.purgeAfter() == null ? turn.stage(left, false) : left;
    roster.put(person.at(inactive.deleted(turn.now())));
    return turn.unchanged(deleted);
  }

  private Person gone(Person person) {
    ObjectNode document = turn.conforming(person.document()).deepCopy().put("active", false);
    Lifecycle left = turn.stage(person.lifecycle(), false).deleted(turn.now());
    return person.next(document, left, turn.now());
  }

  private boolean mayLeave(Person person) {
    Brake brake = turn.state().rules().brakes().get(person.connection());
    return brake == null || brake.admits(person.id(), turn.now());
  }

  private Step braked() {
    return turn.refused(
        Refusal.tooMany(
            "Too many users of this connection leave at once. An administrator must allow it."));
  }

  @Override
  public Step conform(Command.Conform command) {
    Optional<Person> found = roster.ofTenant(turn.caller(), command.target());
    if (found.isEmpty()) {
      return turn.notFound();
    }
    Person before = found.get();
    ObjectNode document = turn.conforming(before.document());
    if (document.equals(before.document())) {
      return turn.unchanged(new Outcome.Updated(before.snapshot()));
    }
    Person after = before.next(document, before.lifecycle(), turn.now());
    return turn.changed(new Outcome.Updated(after.snapshot()), Change.Type.UPDATED, before, after);
  }

  @Override
  public Step govern(Command.Govern command) {
    return new Governance(turn).apply(command);
  }
}
