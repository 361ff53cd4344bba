package io.gatehouse.directory;

import io.gatehouse.change.Change;
import io.gatehouse.command.Command;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.Recognition;
import io.gatehouse.directory.Conflicts.Reason;
import io.gatehouse.scim.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Who somebody is who is to be created: a new person, one who left and comes back, or one whom
 * nobody controlled so far and who is linked.
 */
final class Arrival {

  private final Turn turn;
  private final Roster roster;
  private final Person asked;
  private final Recognition recognition;

  private Arrival(Turn turn, Person asked, Recognition recognition) {
    this.turn = turn;
    this.roster = turn.state().people();
    this.asked = asked;
    this.recognition = recognition;
  }

  static Step of(Turn turn, Command.Create command) {
    Person asked = Person.newcomer(turn, command.target(), command.resource());
    return new Arrival(turn, asked, command.leeway().recognition()).step();
  }

  private Step step() {
    Optional<Person> holder = roster.holder(turn.caller(), asked.userNameKey());
    Leavers leavers = Leavers.of(roster, turn.caller(), asked, recognition);
    if (holder.filter(it -> isTaken(it, leavers)).isPresent()) {
      return turn.taken("userName");
    }
    if (isHereAlready()) {
      return turn.taken("externalId");
    }
    if (holder.filter(this::isOfAnotherConnection).isPresent()) {
      return unclear(List.of(holder.get().id()), Reason.OTHER_CONNECTION);
    }
    return decided(holder, leavers);
  }

  private Step decided(Optional<Person> holder, Leavers leavers) {
    List<Person> unmanaged = unmanaged();
    List<Person> candidates = new ArrayList<>(unmanaged);
    candidates.addAll(leavers.returning());
    Optional<Person> chosen =
        chosen(Stream.concat(candidates.stream(), leavers.alike().stream()), holder);
    if (chosen.isEmpty() && candidates.isEmpty()) {
      return newcomer(leavers.alike());
    }
    if (chosen.isEmpty() && !unmanaged.isEmpty() && !turn.state().rules().links(turn.caller())) {
      return unclear(ids(candidates), Reason.LINKING_OFF);
    }
    return chosen
        .or(() -> only(candidates))
        .map(it -> isUnmanaged(it) ? linked(it) : back(it))
        .orElseGet(() -> unclear(ids(candidates), Reason.SEVERAL_CANDIDATES));
  }

  /** An administrator takes nobody over, and a connection cannot have the same person twice. */
  private boolean isTaken(Person holder, Leavers leavers) {
    return !turn.caller().isConnection()
        || turn.caller().controls(holder.tenant(), holder.connection())
            && leavers.named().filter(it -> it.id().equals(holder.id())).isEmpty();
  }

  private boolean isHereAlready() {
    String externalId = asked.identity();
    return externalId != null
        && turn.caller().isConnection()
        && recognition.externalId()
        && roster.isHere(turn.caller(), externalId);
  }

  private boolean isOfAnotherConnection(Person holder) {
    return holder.connection() != null
        && !turn.caller().controls(holder.tenant(), holder.connection());
  }

  /** Beside somebody of the same externalId who is inactive, it is for an administrator to see. */
  private Step newcomer(List<Person> alike) {
    if (!alike.isEmpty()) {
      turn.state()
          .conflicts()
          .found(turn.caller(), asked.userNameKey(), ids(alike), Reason.SAME_EXTERNAL_ID);
    }
    return turn.changed(new Outcome.Created(asked.snapshot()), Change.Type.CREATED, null, asked);
  }

  private List<Person> unmanaged() {
    return turn.caller().isConnection()
        ? roster.unmanaged(turn.caller(), asked.userNameKey(), asked.emailKey())
        : List.of();
  }

  private static boolean isUnmanaged(Person person) {
    return person.connection() == null && !person.lifecycle().hidden();
  }

  private static Optional<Person> only(List<Person> candidates) {
    return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
  }

  /** The one whom an administrator has chosen, if the userName is free then. */
  private Optional<Person> chosen(Stream<Person> candidates, Optional<Person> holder) {
    if (!turn.caller().isConnection()) {
      return Optional.empty();
    }
    return turn.state()
        .conflicts()
        .chosen(turn.caller(), asked.userNameKey())
        .flatMap(chosen -> candidates.filter(it -> it.id().equals(chosen)).findFirst())
        .filter(it -> holder.isEmpty() || holder.get().id().equals(it.id()));
  }

  /** Whoever comes back inactive is shown again, and the deadline runs on. */
  private Step back(Person leaver) {
    settle();
    boolean shown = !leaver.lifecycle().hidden();
    if (shown && leaver.document().equals(asked.document())) {
      return turn.unchanged(new Outcome.Created(leaver.snapshot()));
    }
    Person back =
        leaver.next(
            asked.document(),
            asked.active() ? leaver.lifecycle().present() : leaver.lifecycle().shown(),
            turn.now());
    Turn recorded =
        shown && leaver.userNameKey().equals(asked.userNameKey())
            ? turn.repaired(Recognition.RESTORE, List.of("userName"))
            : turn;
    return recorded.changed(
        new Outcome.Created(back.snapshot()),
        asked.active() ? Change.Type.REACTIVATED : Change.Type.UPDATED,
        leaver,
        back);
  }

  private Step linked(Person unmanaged) {
    settle();
    Person linked =
        unmanaged
            .of(turn.caller().requireConnection())
            .next(asked.document(), turn.stage(unmanaged.lifecycle(), asked.active()), turn.now());
    return turn.changed(
        new Outcome.Created(linked.snapshot()), Change.Type.LINKED, unmanaged, linked);
  }

  private void settle() {
    if (turn.caller().isConnection()) {
      turn.state().conflicts().settled(turn.caller(), asked.userNameKey());
    }
  }

  private Step unclear(List<UUID> candidates, Reason reason) {
    turn.state().conflicts().found(turn.caller(), asked.userNameKey(), candidates, reason);
    return turn.refused(
        Refusal.uniqueness("Not provisioned: " + reason.sentence() + ". See the administrator."));
  }

  private static List<UUID> ids(List<Person> people) {
    return people.stream().map(Person::id).toList();
  }
}
