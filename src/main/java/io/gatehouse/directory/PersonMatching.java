package io.gatehouse.directory;

import io.gatehouse.change.Change;
import io.gatehouse.command.Command;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.RestoreCriteria;
import io.gatehouse.directory.Conflicts.Reason;
import io.gatehouse.scim.ScimError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Matches the user of a create request: a new user, a user who has left and returns, or an
 * unmanaged user who is linked.
 */
final class PersonMatching {

  private final FoldContext context;
  private final BatchPeople roster;
  private final Person asked;
  private final RestoreCriteria criteria;

  private PersonMatching(FoldContext context, Person asked, RestoreCriteria criteria) {
    this.context = context;
    this.roster = context.state().people();
    this.asked = asked;
    this.criteria = criteria;
  }

  static FoldResult of(FoldContext context, Command.Create command) {
    Person asked = Person.newcomer(context, command.target(), command.resource());
    return new PersonMatching(context, asked, command.leeway().recognition()).step();
  }

  private FoldResult step() {
    Optional<Person> holder = roster.holder(context.caller(), asked.userNameKey());
    ReturningUsers returningUsers = ReturningUsers.of(roster, context.caller(), asked, criteria);
    if (holder.filter(it -> isTaken(it, returningUsers)).isPresent()) {
      return context.taken("userName");
    }
    if (isHereAlready()) {
      return context.taken("externalId");
    }
    if (holder.filter(this::isOfAnotherConnection).isPresent()) {
      return unclear(List.of(holder.get().id()), Reason.OTHER_CONNECTION);
    }
    return decided(holder, returningUsers);
  }

  private FoldResult decided(Optional<Person> holder, ReturningUsers returningUsers) {
    List<Person> unmanaged = unmanaged();
    List<Person> candidates = new ArrayList<>(unmanaged);
    candidates.addAll(returningUsers.returning());
    Optional<Person> chosen =
        chosen(Stream.concat(candidates.stream(), returningUsers.alike().stream()), holder);
    if (chosen.isEmpty() && candidates.isEmpty()) {
      return newcomer(returningUsers.alike());
    }
    if (chosen.isEmpty()
        && !unmanaged.isEmpty()
        && !context.state().rules().links(context.caller())) {
      return unclear(ids(candidates), Reason.LINKING_OFF);
    }
    return chosen
        .or(() -> only(candidates))
        .map(it -> isUnmanaged(it) ? linked(it) : back(it))
        .orElseGet(() -> unclear(ids(candidates), Reason.SEVERAL_CANDIDATES));
  }

  /** An administrator takes no user over, and a connection cannot have the same user twice. */
  private boolean isTaken(Person holder, ReturningUsers returningUsers) {
    return !context.caller().isConnection()
        || context.caller().controls(holder.tenant(), holder.connection())
            && returningUsers.named().filter(it -> it.id().equals(holder.id())).isEmpty();
  }

  private boolean isHereAlready() {
    String externalId = asked.identity();
    return externalId != null
        && context.caller().isConnection()
        && criteria.externalId()
        && roster.isHere(context.caller(), externalId);
  }

  private boolean isOfAnotherConnection(Person holder) {
    return holder.connection() != null
        && !context.caller().controls(holder.tenant(), holder.connection());
  }

  /**
   * Creates the user. Records a conflict when inactive users have the same externalId, for an
   * administrator to decide.
   */
  private FoldResult newcomer(List<Person> alike) {
    if (!alike.isEmpty()) {
      context
          .state()
          .conflicts()
          .found(context.caller(), asked, ids(alike), Reason.SAME_EXTERNAL_ID);
    }
    return context.changed(new Outcome.Created(asked.snapshot()), Change.Type.CREATED, null, asked);
  }

  private List<Person> unmanaged() {
    return context.caller().isConnection()
        ? roster.unmanaged(context.caller(), asked.userNameKey(), asked.emailKey())
        : List.of();
  }

  private static boolean isUnmanaged(Person person) {
    return person.connection() == null && !person.lifecycle().hidden();
  }

  private static Optional<Person> only(List<Person> candidates) {
    return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
  }

  /** The candidate that an administrator has chosen, if the userName is free then. */
  private Optional<Person> chosen(Stream<Person> candidates, Optional<Person> holder) {
    if (!context.caller().isConnection()) {
      return Optional.empty();
    }
    return context
        .state()
        .conflicts()
        .chosen(context.caller(), asked.userNameKey())
        .flatMap(chosen -> candidates.filter(it -> it.id().equals(chosen)).findFirst())
        .filter(it -> holder.isEmpty() || holder.get().id().equals(it.id()));
  }

  /**
   * Restores a user. A user who returns inactive becomes visible again, and the deadline continues.
   */
  private FoldResult back(Person leaver) {
    settle();
    boolean shown = !leaver.lifecycle().hidden();
    if (shown && leaver.document().equals(asked.document())) {
      return context.unchanged(new Outcome.Created(leaver.snapshot()));
    }
    Person back =
        leaver.next(
            asked.document(),
            asked.active() ? leaver.lifecycle().present() : leaver.lifecycle().shown(),
            context.now());
    FoldContext recorded =
        shown && leaver.userNameKey().equals(asked.userNameKey())
            ? context.repaired(RestoreCriteria.RESTORE, List.of("userName"))
            : context;
    return recorded.changed(
        new Outcome.Created(back.snapshot()),
        asked.active() ? Change.Type.REACTIVATED : Change.Type.UPDATED,
        leaver,
        back);
  }

  private FoldResult linked(Person unmanaged) {
    settle();
    Person linked =
        unmanaged
            .of(context.caller().requireConnection())
            .next(
                asked.document(),
                context.stage(unmanaged.lifecycle(), asked.active()),
                context.now());
    return context.changed(
        new Outcome.Created(linked.snapshot()), Change.Type.LINKED, unmanaged, linked);
  }

  private void settle() {
    if (context.caller().isConnection()) {
      context.state().conflicts().settled(context.caller(), asked.userNameKey());
    }
  }

  private FoldResult unclear(List<UUID> candidates, Reason reason) {
    context.state().conflicts().found(context.caller(), asked, candidates, reason);
    return context.refused(
        ScimError.uniqueness("Not provisioned: " + reason.sentence() + ". See the administrator."));
  }

  private static List<UUID> ids(List<Person> people) {
    return people.stream().map(Person::id).toList();
  }
}
