package io.gatehouse.camel;

import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.PendingOutcomes;
import io.gatehouse.command.WrittenResponses;
import io.gatehouse.directory.OutcomeStore;
import io.gatehouse.scim.ScimError;
import io.gatehouse.scim.ScimException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * The two ends of {@code command-submit}: takes a waiting place before the send, and fetches the
 * outcome after it.
 */
@Component("commandReplies")
final class CommandReplies {

  /** A change is applied, and its request woken, within this time unless many changes wait. */
  private static final Duration USUAL = Duration.ofSeconds(1);

  private final PendingOutcomes pendingOutcomes;
  private final OutcomeStore outcomeStore;
  private final WrittenResponses writtenResponses;

  /**
   * Wires it.
   *
   * @param outcomes with short limits, because a request that has waited for its outcome must not
   *     wait for the database as well
   */
  CommandReplies(
      PendingOutcomes pendingOutcomes,
      @Qualifier("quickOutcomes") OutcomeStore outcomes,
      WrittenResponses writtenResponses) {
    this.pendingOutcomes = pendingOutcomes;
    this.outcomeStore = outcomes;
    this.writtenResponses = writtenResponses;
  }

  /**
   * Takes a waiting place, which is released when the exchange ends.
   *
   * @throws ScimException 503 when too many requests wait already
   */
  void expect(Envelope envelope, Exchange exchange) {
    PendingOutcomes.Pending pending =
        pendingOutcomes.take(envelope).orElseThrow(CommandReplies::tooMany);
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                pending.close();
              }
            });
  }

  private static ScimException tooMany() {
    return new ScimException(
        ScimError.unavailable("The tenant has as many changes under way as allowed; ask again."));
  }

  /**
   * Waits for the wake-up. Without one, returns the stored outcome; without a stored outcome, the
   * caller has to retry. After a failure here the outcome counts as not received, so that a retry
   * still gets it.
   */
  Outcome outcome(Envelope envelope) {
    try {
      return pendingOutcomes
          .await(envelope.id())
          .or(() -> stored(envelope.id()))
          .orElseGet(() -> unanswered(envelope.id()));
    } catch (RuntimeException e) {
      writtenResponses.markUntold(envelope.id());
      throw e;
    }
  }

  /**
   * Reads the outcomes of all commands that are waited for longer than usual, because a wake-up
   * from another instance may have been lost.
   */
  void lookForOverdue() {
    List<CommandId> overdue = pendingOutcomes.waitingFor(USUAL);
    if (!overdue.isEmpty()) {
      outcomeStore.stored(overdue).forEach(pendingOutcomes::wake);
    }
  }

  private Optional<Outcome> stored(CommandId id) {
    return Optional.ofNullable(outcomeStore.stored(List.of(id)).get(id));
  }

  private Outcome unanswered(CommandId id) {
    writtenResponses.markUntold(id);
    return new Outcome.Refused(
        ScimError.unavailable("The change is accepted but not applied yet; ask again."));
  }
}
