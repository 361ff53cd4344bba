package io.gatehouse.camel;

import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Hearing;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.Waiting;
import io.gatehouse.directory.Outcomes;
import io.gatehouse.scim.Refusal;
import io.gatehouse.scim.ScimException;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** The two ends of {@code command-submit}: a place to wait in, and the outcome. */
@Component("commands")
final class Commands {

  private final Waiting waiting;
  private final Outcomes outcomes;
  private final Hearing hearing;

  /**
   * Wires it.
   *
   * @param outcomes with short limits: who has waited for an outcome does not wait for the database
   */
  Commands(Waiting waiting, @Qualifier("quickOutcomes") Outcomes outcomes, Hearing hearing) {
    this.waiting = waiting;
    this.outcomes = outcomes;
    this.hearing = hearing;
  }

  /**
   * Takes a place to wait in, which is given back when the exchange ends.
   *
   * @throws ScimException 503 when too many wait already
   */
  void expect(Envelope envelope, Exchange exchange) {
    Waiting.Place place = waiting.take(envelope).orElseThrow(Commands::tooMany);
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                place.close();
              }
            });
  }

  private static ScimException tooMany() {
    return new ScimException(
        Refusal.unavailable("The tenant has as many changes under way as allowed; ask again."));
  }

  /**
   * Waits for the wake-up; without one the stored outcome decides, and without that the caller
   * tries again. What fails here is answered too, but not with the outcome, so that a retry still
   * gets that.
   */
  Outcome outcome(Envelope envelope) {
    try {
      return waiting
          .await(envelope.id())
          .or(() -> stored(envelope.id()))
          .orElseGet(() -> unanswered(envelope.id()));
    } catch (RuntimeException e) {
      hearing.unheard(envelope.id());
      throw e;
    }
  }

  private Optional<Outcome> stored(CommandId id) {
    return Optional.ofNullable(outcomes.stored(List.of(id)).get(id));
  }

  private Outcome unanswered(CommandId id) {
    hearing.unheard(id);
    return new Outcome.Refused(
        Refusal.unavailable("The change is accepted but not applied yet; ask again."));
  }
}
