package io.gatehouse.camel;

import io.gatehouse.command.Envelope;
import io.gatehouse.command.Hearing;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.Waiting;
import io.gatehouse.directory.Outcomes;
import io.gatehouse.edge.ScimAnswer;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.edge.WriteAnswers;
import io.gatehouse.edge.Writes;
import io.gatehouse.scim.Refusal;
import io.gatehouse.scim.ScimException;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.support.SynchronizationAdapter;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** What happens before a command is sent, and after: the waiting. */
@Component("commands")
final class Commands {

  private static final String REQUEST = "request";

  private final Writes writes;
  private final Waiting waiting;
  private final Outcomes outcomes;
  private final WriteAnswers answers;
  private final Hearing hearing;

  /**
   * Wires it.
   *
   * @param outcomes with short limits: who has waited for an outcome does not wait for the database
   */
  Commands(
      Writes writes,
      Waiting waiting,
      @Qualifier("quickOutcomes") Outcomes outcomes,
      WriteAnswers answers,
      Hearing hearing) {
    this.writes = writes;
    this.waiting = waiting;
    this.outcomes = outcomes;
    this.answers = answers;
    this.hearing = hearing;
  }

  /**
   * Makes the command that a request asks for.
   *
   * @throws ScimException 400 and the like when the request is none; 503 when too many wait already
   */
  Submission prepare(ScimRequest request, Exchange exchange) {
    exchange.setProperty(REQUEST, request);
    Envelope envelope = writes.envelope(request);
    request.client().call().makes(envelope.id());
    return take(envelope, exchange);
  }

  /** Takes a place to wait in, which is given back when the exchange ends. */
  Submission take(Envelope envelope, Exchange exchange) {
    Waiting.Place place =
        waiting
            .take(envelope)
            .orElseThrow(
                () ->
                    new ScimException(
                        Refusal.unavailable(
                            "The tenant has as many changes under way as allowed; ask again.")));
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                place.close();
              }
            });
    return new Submission(envelope, place);
  }

  /** What fails here is answered too, but not with the outcome, so that a retry still gets that. */
  ScimAnswer await(Submission submission, @ExchangeProperty(REQUEST) ScimRequest request) {
    try {
      return answers.to(request, outcome(submission));
    } catch (RuntimeException e) {
      hearing.unheard(submission.envelope().id());
      throw e;
    }
  }

  /**
   * Waits for the wake-up; without one the stored outcome decides, and without that the caller
   * tries again.
   */
  Outcome outcome(Submission submission) {
    return submission
        .place()
        .await()
        .or(() -> stored(submission.envelope()))
        .orElseGet(() -> unanswered(submission.envelope()));
  }

  private Optional<Outcome> stored(Envelope envelope) {
    return Optional.ofNullable(outcomes.stored(List.of(envelope.id())).get(envelope.id()));
  }

  private Outcome unanswered(Envelope envelope) {
    hearing.unheard(envelope.id());
    return new Outcome.Refused(
        Refusal.unavailable("The change is accepted but not applied yet; ask again."));
  }
}
