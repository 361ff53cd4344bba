package io.gatehouse.directory;

import io.gatehouse.change.Change;
import io.gatehouse.command.Command;
import io.gatehouse.command.Outcome;
import io.gatehouse.directory.Conflicts.Reason;
import io.gatehouse.scim.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Who somebody is who is to be created: a new person, one who left and comes back, or one whom
 * nobody controlled so far and who is linked.
 */
final class Arrival {

  private final Turn turn;
  private final Roster roster;
  private final Person asked;

  private Arrival(Turn turn, Person asked) {
    this.turn = turn;
    this.roster = turn.state().people();
    this.asked = asked;
  }

  static Step of(Turn turn, Command.Create command) {
    return new Arrival(turn, Person.newcomer(turn, command.target(), command.resource())).step();
  }

  private Step step() {
    Optional<Person> holder = roster.holder(turn.caller(), asked.userNameKey());
    if (holder.filter(this::isTaken).isPresent()) {
      return turn.taken("userName");
    }
    if (holder.filter(it -> it.connection() != null).isPresent()) {
      return unclear(List.of(holder.get().id()), Reason.OTHER_CONNECTION);
    }
    List<Person> unmanaged = unmanaged();
    List<Person> candidates = new ArrayList<>(unmanaged);
    roster
        .leaver(turn.caller(), asked.userNameKey(), asked.externalId())
        .ifPresent(candidates::add);
    if (candidates.isEmpty()) {
      return turn.changed(new Outcome.Created(asked.snapshot()), Change.Type.CREATED, null, asked);
    }
    Optional<Person> chosen = chosen(candidates, holder);
    if (chosen.isEmpty() && !unmanaged.isEmpty() && !turn.state().rules().links(turn.caller())) {
      return unclear(ids(candidates), Reason.LINKING_OFF);
    }
    return chosen
        .or(() -> only(candidates))
        .map(it -> it.lifecycle().hidden() ? back(it) : linked(it))
        .orElseGet(() -> unclear(ids(candidates), Reason.SEVERAL_CANDIDATES));
  }

  /** An administrator takes nobody over, and a connection cannot have the same person twice. */
  private boolean isTaken(Person holder) {
    return !turn.caller().isConnection()
        || turn.caller().controls(holder.tenant(), holder.connection());
  }

  private List<Person> unmanaged() {
    return turn.caller().isConnection()
        ? roster.unmanaged(turn.caller(), asked.userNameKey(), asked.emailKey())
        : List.of();
  }

  private static Optional<Person> only(List<Person> candidates) {
    return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
  }

  /** The one whom an administrator has chosen, if the userName is free then. */
  private Optional<Person> chosen(List<Person> candidates, Optional<Person> holder) {
    if (!turn.caller().isConnection()) {
      return Optional.empty();
    }
    return turn.state()
        .conflicts()
        .chosen(turn.caller(), asked.userNameKey())
        .flatMap(chosen -> candidates.stream().filter(it -> it.id().equals(chosen)).findFirst())
        .filter(it -> holder.isEmpty() || holder.get().id().equals(it.id()));
  }

  /** Whoever comes back inactive is shown again, and the deadline runs on. */
  private Step back(Person leaver) {
    settle();
    Person back =
        leaver.next(
            asked.document(),
            asked.active() ? leaver.lifecycle().present() : leaver.lifecycle().shown(),
            turn.now());
    return turn.changed(
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
