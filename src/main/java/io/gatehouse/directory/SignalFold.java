package io.gatehouse.directory;

import io.gatehouse.command.Command;
import io.gatehouse.command.EventOrigin;
import io.gatehouse.command.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Applies a command of a webhook or poll. It changes nothing when a newer command has been applied;
 * otherwise it also records the IdP's id and time.
 */
final class SignalFold {

  /**
   * The limit of a source's time in the future. With a later time, correct changes would count as
   * outdated for too long.
   */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private final FoldContext context;
  private final EventOrigin origin;
  private final BatchPeople people;

  SignalFold(FoldContext context, EventOrigin origin) {
    this.context = context;
    this.origin = origin;
    this.people = context.state().people();
  }

  FoldResult apply() {
    Command command = context.envelope().command();
    Optional<Person> before = people.visible(context.caller(), command.target());
    if (before.filter(it -> isOutdated(command, it)).isPresent()) {
      return context.unchanged(new Outcome.Updated(before.get().snapshot()));
    }
    FoldResult result = command.match(new PersonFold(context));
    if (!(result.outcome() instanceof Outcome.Refused)) {
      recordIdpId(result.change().map(it -> it.after().id()).orElse(command.target()));
    }
    return result;
  }

  /** Fetched state with a precondition is current, and never outdated. */
  private boolean isOutdated(Command command, Person person) {
    boolean fetched = command instanceof Command.Modify modify && modify.ifMatch() != null;
    return !fetched && person.provenance().isAfter(origin.time());
  }

  private void recordIdpId(UUID id) {
    people
        .ofTenant(context.caller(), id)
        .ifPresent(
            it -> {
              Provenance more = it.provenance().after(origin.notAfter(context.now().plus(AHEAD)));
              if (!more.equals(it.provenance())) {
                people.put(it.known(more));
              }
            });
  }
}
