package io.gatehouse.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeData;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.Outcome.Snapshot;
import io.gatehouse.scim.Patch;
import io.gatehouse.scim.Refusal;
import io.gatehouse.scim.ResourceReader;
import io.gatehouse.scim.ScimException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Applies one command to the roster: {@code (State, Command) -> (State', Outcome, Change)}. All
 * rules about people live here. No I/O; the only clock is the one that is passed in.
 */
final class Fold implements Command.Cases<Outcome> {

  private final Roster roster;
  private final Envelope envelope;
  private final Instant now;
  private @Nullable Change change;

  private Fold(Roster roster, Envelope envelope, Instant now) {
    this.roster = roster;
    this.envelope = envelope;
    this.now = now;
  }

  /** What one command came to. */
  record Step(Envelope envelope, Outcome outcome, Optional<Change> change) {}

  static Step apply(Roster roster, Envelope envelope, Instant now) {
    Fold fold = new Fold(roster, envelope, now);
    Outcome outcome = envelope.command().match(fold);
    return new Step(envelope, outcome, Optional.ofNullable(fold.change));
  }

  @Override
  public Outcome create(Command.Create command) {
    ObjectNode document = command.resource();
    Person asked = newcomer(command.target(), document);
    if (roster.holder(envelope.caller(), asked.userNameKey()).isPresent()) {
      return taken();
    }
    Person person =
        roster
            .leaver(envelope.caller(), asked.userNameKey(), asked.externalId())
            .map(leaver -> restored(leaver, document))
            .orElseGet(() -> announce(Change.Type.CREATED, null, asked));
    return new Outcome.Created(person.snapshot());
  }

  private Person newcomer(UUID id, ObjectNode document) {
    return new Person(
        envelope.caller().tenant(),
        id,
        envelope.caller().connection(),
        1,
        now,
        now,
        Lifecycle.PRESENT,
        document);
  }

  private Person restored(Person leaver, ObjectNode document) {
    Person back = leaver.next(document, Lifecycle.PRESENT, now);
    return announce(Change.Type.REACTIVATED, leaver, back);
  }

  @Override
  public Outcome replace(Command.Replace command) {
    return write(
        command.target(),
        command.ifMatch(),
        before -> new ResourceReader(command.type()).complete(command.resource().deepCopy()));
  }

  @Override
  public Outcome modify(Command.Modify command) {
    return write(
        command.target(),
        command.ifMatch(),
        before -> Patch.apply(command.type(), before, command.operations()));
  }

  private Outcome write(
      UUID id, @Nullable String ifMatch, Function<ObjectNode, ObjectNode> changeDocument) {
    Optional<Person> found = roster.visible(envelope.caller(), id);
    if (found.isEmpty()) {
      return notFound(id);
    }
    Person before = found.get();
    if (!Preconditions.met(ifMatch, before.version())) {
      return stale();
    }
    try {
      return rewrite(before, changeDocument.apply(before.document()));
    } catch (ScimException e) {
      return new Outcome.Refused(e.refusal());
    }
  }

  private Outcome rewrite(Person before, ObjectNode document) {
    if (!document.has("active")) {
      document.put("active", before.active());
    }
    if (document.equals(before.document())) {
      return new Outcome.Updated(before.snapshot());
    }
    boolean active = document.path("active").asBoolean();
    Person after = before.next(document, stage(before, active), now);
    if (!after.userNameKey().equals(before.userNameKey())
        && roster.holder(envelope.caller(), after.userNameKey()).isPresent()) {
      return taken();
    }
    return new Outcome.Updated(announce(typeOf(before, active), before, after).snapshot());
  }

  private Lifecycle stage(Person before, boolean active) {
    if (active == before.active()) {
      return before.lifecycle();
    }
    return active
        ? Lifecycle.PRESENT
        : before.lifecycle().deactivated(now, roster.retention(envelope.caller()));
  }

  private static Change.Type typeOf(Person before, boolean active) {
    if (active == before.active()) {
      return Change.Type.UPDATED;
    }
    return active ? Change.Type.REACTIVATED : Change.Type.DEACTIVATED;
  }

  @Override
  public Outcome delete(Command.Delete command) {
    Optional<Person> found = roster.visible(envelope.caller(), command.target());
    if (found.isEmpty()) {
      return notFound(command.target());
    }
    Person person = found.get();
    if (!Preconditions.met(command.ifMatch(), person.version())) {
      return stale();
    }
    if (person.active()) {
      leave(person);
    } else {
      roster.put(person.at(person.lifecycle().deleted(now)));
    }
    return new Outcome.Deleted(person.id());
  }

  private void leave(Person person) {
    ObjectNode document = person.document().deepCopy().put("active", false);
    Lifecycle gone =
        person.lifecycle().deactivated(now, roster.retention(envelope.caller())).deleted(now);
    announce(Change.Type.DEACTIVATED, person, person.next(document, gone, now));
  }

  private Person announce(Change.Type type, @Nullable Person before, Person after) {
    roster.put(after);
    Snapshot old = before == null ? null : before.snapshot();
    change =
        new Change(
            CommandId.uuid7(now),
            type,
            envelope,
            after.snapshot(),
            ChangeData.of(envelope, old, after.snapshot(), after.lifecycle().purgeAfter()));
    return after;
  }

  private static Outcome taken() {
    return new Outcome.Refused(Refusal.uniqueness("Another user has this userName."));
  }

  private static Outcome notFound(UUID id) {
    return new Outcome.Refused(Refusal.notFound("There is no user " + id + "."));
  }

  private static Outcome stale() {
    return new Outcome.Refused(
        Refusal.preconditionFailed("The user has changed since the version in If-Match."));
  }
}
