package io.gatehouse.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeData;
import io.gatehouse.command.Command;
import io.gatehouse.command.Leeway;
import io.gatehouse.command.Outcome;
import io.gatehouse.scim.Immutable;
import io.gatehouse.scim.NameKey;
import io.gatehouse.scim.Patch;
import io.gatehouse.scim.ResourceReader;
import io.gatehouse.scim.Salvage;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
    ObjectNode document = command.resource();
    Person asked = newcomer(command.target(), document);
    if (roster.holder(turn.caller(), asked.userNameKey()).isPresent()) {
      return turn.taken("userName");
    }
    Optional<Person> leaver = roster.leaver(turn.caller(), asked.userNameKey(), asked.externalId());
    if (leaver.isEmpty()) {
      return changed(new Outcome.Created(asked.snapshot()), Change.Type.CREATED, null, asked);
    }
    Person back = leaver.get().next(document, Lifecycle.PRESENT, turn.now());
    return changed(
        new Outcome.Created(back.snapshot()), Change.Type.REACTIVATED, leaver.get(), back);
  }

  private Person newcomer(UUID id, ObjectNode document) {
    return new Person(
        turn.caller().tenant(),
        id,
        turn.caller().connection(),
        1,
        turn.now(),
        turn.now(),
        Lifecycle.PRESENT,
        document);
  }

  @Override
  public Step replace(Command.Replace command) {
    return turn.over(
        found(command),
        command.ifMatch(),
        before -> rewrite(before, replaced(command, before.document())));
  }

  private ObjectNode replaced(Command.Replace command, ObjectNode before) {
    ObjectNode asked = Immutable.keep(turn.definition(), before, command.resource().deepCopy());
    keep(command.leeway(), before, asked);
    return new ResourceReader(turn.definition()).complete(asked);
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
                    Patch.apply(turn.definition(), before.document(), command.operations())));
    return command.leeway().salvage() && step.outcome() instanceof Outcome.Refused
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
                    before.document(),
                    command.operations(),
                    after -> acceptable(before, after)))
        .filter(Salvage::deactivates)
        .map(
            it ->
                new PersonFold(turn.repaired(Leeway.SALVAGE, it.leftOut()))
                    .modify(command.with(it.kept())));
  }

  private boolean acceptable(Person before, ObjectNode after) {
    Immutable.check(turn.definition(), before.document(), after);
    return !isTaken(before, NameKey.of(after.path("userName").asText()));
  }

  private boolean isTaken(Person before, String userNameKey) {
    return !userNameKey.equals(before.userNameKey())
        && roster.holder(turn.caller(), userNameKey).isPresent();
  }

  private Optional<Person> found(Command command) {
    return roster.visible(turn.caller(), command.target());
  }

  private static void keep(Leeway leeway, ObjectNode before, ObjectNode asked) {
    for (String name : leeway.kept()) {
      if (before.has(name) && !asked.has(name)) {
        asked.set(name, before.get(name));
      }
    }
  }

  private Step rewrite(Person before, ObjectNode document) {
    if (!document.has("active")) {
      document.put("active", before.active());
    }
    if (document.equals(before.document())) {
      return turn.unchanged(new Outcome.Updated(before.snapshot()));
    }
    Immutable.check(turn.definition(), before.document(), document);
    boolean active = document.path("active").asBoolean();
    Person after = before.next(document, stage(before, active), turn.now());
    if (isTaken(before, after.userNameKey())) {
      return turn.taken("userName");
    }
    return changed(new Outcome.Updated(after.snapshot()), typeOf(before, active), before, after);
  }

  private Lifecycle stage(Person before, boolean active) {
    if (active == before.active()) {
      return before.lifecycle();
    }
    return active ? Lifecycle.PRESENT : before.lifecycle().deactivated(turn.now(), retention());
  }

  private Duration retention() {
    return turn.state().rules(turn.caller()).retention();
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
      return changed(deleted, Change.Type.DEACTIVATED, person, gone(person));
    }
    roster.put(person.at(person.lifecycle().deleted(turn.now())));
    return turn.unchanged(deleted);
  }

  private Person gone(Person person) {
    ObjectNode document = person.document().deepCopy().put("active", false);
    Lifecycle left = person.lifecycle().deactivated(turn.now(), retention()).deleted(turn.now());
    return person.next(document, left, turn.now());
  }

  private Step changed(Outcome outcome, Change.Type type, @Nullable Person before, Person after) {
    roster.put(after);
    ObjectNode data =
        ChangeData.of(turn.envelope(), before == null ? null : before.snapshot(), after.snapshot());
    ChangeData.lifecycle(data, after.active(), after.lifecycle().purgeAfter());
    return turn.changed(outcome, type, after.snapshot(), data);
  }
}
