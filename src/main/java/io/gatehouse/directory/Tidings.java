package io.gatehouse.directory;

import io.gatehouse.command.Command;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.Source;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * What an IdP said out of turn about a person: it changes nothing when something newer has been
 * applied, and else more is known of the person.
 */
final class Tidings {

  /** A clock that is more ahead than this is wrong, and nothing would be newer for too long. */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private final Turn turn;
  private final Source source;
  private final Roster roster;

  Tidings(Turn turn, Source source) {
    this.turn = turn;
    this.source = source;
    this.roster = turn.state().people();
  }

  Step apply() {
    Command command = turn.envelope().command();
    Optional<Person> before = roster.visible(turn.caller(), command.target());
    if (before.filter(it -> isOutdated(command, it)).isPresent()) {
      return turn.unchanged(new Outcome.Updated(before.get().snapshot()));
    }
    Step step = command.match(new PersonFold(turn));
    if (!(step.outcome() instanceof Outcome.Refused)) {
      learn(step.change().map(it -> it.after().id()).orElse(command.target()));
    }
    return step;
  }

  /** What was fetched and has a precondition is as of now. */
  private boolean isOutdated(Command command, Person person) {
    boolean fetched = command instanceof Command.Modify modify && modify.ifMatch() != null;
    return !fetched && person.provenance().isAfter(source.time());
  }

  private void learn(UUID id) {
    roster
        .ofTenant(turn.caller(), id)
        .ifPresent(
            it -> {
              Provenance more = it.provenance().after(source.notAfter(turn.now().plus(AHEAD)));
              if (!more.equals(it.provenance())) {
                roster.put(it.known(more));
              }
            });
  }
}
