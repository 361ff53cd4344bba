package io.gatehouse.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.broker.BrokerUnavailableException;
import io.gatehouse.camel.queue.CommandFormat;
import io.gatehouse.camel.queue.QueueComponent;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.FairShares;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.PendingOutcomes;
import io.gatehouse.command.WrittenResponses;
import io.gatehouse.directory.Directory;
import io.gatehouse.directory.OutcomeStore;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.ScimException;
import io.gatehouse.store.StoreUnavailableException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command: onto the queue, from there to the directory, and its outcome to where it waits. */
class CommandRoutesTest extends AdvisedRoutes {

  private static final String QUEUE = "command-queue:commands";

  private final Envelope envelope = envelope();
  private final Outcome outcome = new Outcome.Deleted(new UUID(3, 3));
  private final Map<CommandId, Outcome> stored = new HashMap<>();
  private final WrittenResponses writtenResponses = new WrittenResponses();
  private final PendingOutcomes pendingOutcomes =
      new PendingOutcomes(
          new FairShares(new FairShares.Size(8, 0, Duration.ZERO), System::nanoTime),
          Duration.ZERO);

  @Override
  String[] ends() {
    return new String[] {"command-queue:*"};
  }

  @Override
  void bind(Registry registry) {
    registry.bind("command-queue", new QueueComponent<>(new CommandFormat(), null));
    registry.bind(
        "commandReplies", new CommandReplies(pendingOutcomes, outcomes(), writtenResponses));
  }

  @Test
  void takesAPlaceToWaitInSendsTheCommandAndReturnsItsOutcome() {
    end(QUEUE)
        .whenAnyExchangeReceived(
            it -> {
              assertThat(pendingOutcomes.count()).isEqualTo(1);
              pendingOutcomes.wake(envelope.id(), outcome);
            });

    Exchange call = call("command-submit", envelope);

    assertThat(call.getException()).isNull();
    assertThat(bodies(QUEUE)).containsExactly(envelope);
    assertThat(call.getMessage().getBody()).isEqualTo(outcome);
    assertThat(pendingOutcomes.count()).as("the place is given back").isZero();
  }

  @Test
  void returnsTheStoredOutcomeWhenTheWakeUpWasLost() {
    Envelope lost = envelope();
    stored.put(lost.id(), outcome);

    assertThat(call("command-submit", lost).getMessage().getBody()).isEqualTo(outcome);
    assertThat(writtenResponses.snapshot().lost()).doesNotContain(lost.id());
  }

  @Test
  void returns503AndCountsTheOutcomeAsUntoldWhenThereIsNone() {
    Envelope slow = envelope();

    Outcome returned = call("command-submit", slow).getMessage().getBody(Outcome.class);

    assertThat(returned.status()).isEqualTo(503);
    assertThat(writtenResponses.snapshot().lost()).contains(slow.id());
  }

  @Test
  void handsTheFailureOfTheBrokerToTheCallerAndGivesThePlaceBack() {
    fails(QUEUE, new BrokerUnavailableException("away", null));

    Exchange call = call("command-submit", envelope);

    assertThat(call.getException()).isInstanceOf(BrokerUnavailableException.class);
    assertThat(end(QUEUE).getReceivedCounter()).as("once").isEqualTo(1);
    assertThat(pendingOutcomes.count()).isZero();
  }

  @Test
  void sendsNoCommandWhenNoPlaceIsLeftToWaitIn() {
    List<PendingOutcomes.Pending> all = new ArrayList<>();
    Optional<PendingOutcomes.Pending> place = pendingOutcomes.take(envelope());
    while (place.isPresent()) {
      all.add(place.get());
      place = pendingOutcomes.take(envelope());
    }

    Exchange call = call("command-submit", envelope);

    all.forEach(PendingOutcomes.Pending::close);
    assertThat(call.getException())
        .isInstanceOfSatisfying(
            ScimException.class, it -> assertThat(it.refusal().status()).isEqualTo(503));
    assertThat(bodies(QUEUE)).isEmpty();
  }

  @Test
  void sendsACommandOfAScheduleAndWaitsForNothing() {
    end(QUEUE).whenAnyExchangeReceived(it -> assertThat(pendingOutcomes.count()).isZero());

    Exchange sent = send("command-send", envelope);

    assertThat(sent.getException()).isNull();
    assertThat(bodies(QUEUE)).containsExactly(envelope);
  }

  @Test
  void tellsTheScheduleThatTheBrokerIsAway() {
    fails(QUEUE, new BrokerUnavailableException("away", null));

    assertThat(send("command-send", envelope).getException())
        .isInstanceOf(BrokerUnavailableException.class);
  }

  @Test
  void appliesABatchAndThenWakesRequestsProbesAndTheRelay() {
    List<Directory.Applied> applied = List.of(new Directory.Applied(envelope, outcome));
    returns("directory.apply", applied);

    Exchange batch = send("command-apply", List.of(envelope));

    assertThat(batch.getException()).isNull();
    assertThat(bodies("directory.apply")).containsExactly(List.of(envelope));
    assertThat(bodies("outcomeNotifier.wake")).containsExactly(applied);
    assertThat(bodies("readinessProbes.applied")).containsExactly(applied);
    assertThat(bodies("seda:change-relay")).hasSize(1);
  }

  /** The queue takes the batch back then; see QueueRoutesTest. */
  @ParameterizedTest
  @ValueSource(strings = {"directory.apply", "outcomeNotifier.wake"})
  void handsAFailureToTheQueueAndDoesNothingMore(String step) {
    fails(step, new StoreUnavailableException("away", null));

    Exchange batch = send("command-apply", List.of(envelope));

    assertThat(batch.getException()).isInstanceOf(StoreUnavailableException.class);
    assertThat(end(step).getReceivedCounter()).as("once").isEqualTo(1);
    assertThat(bodies("readinessProbes.applied")).isEmpty();
    assertThat(bodies("seda:change-relay")).isEmpty();
  }

  @Test
  void tellsProbesAndRequestsWhatAnotherInstanceHasApplied() {
    send("command-reply", envelope.id().toString());

    assertThat(bodies("readinessProbes.appliedElsewhere"))
        .containsExactly(envelope.id().toString());
    assertThat(bodies("outcomeNotifier.outcomeStored")).containsExactly(envelope.id().toString());
  }

  @Test
  void hearsOfAProbeAlsoWhenTheOutcomeCannotBeRead() {
    fails("outcomeNotifier.outcomeStored", new StoreUnavailableException("away", null));

    Exchange reply = send("command-reply", envelope.id().toString());

    assertThat(reply.getException()).isInstanceOf(StoreUnavailableException.class);
    assertThat(bodies("readinessProbes.appliedElsewhere")).hasSize(1);
  }

  private static Envelope envelope() {
    return new Envelope(
        CommandId.next(Instant.EPOCH),
        new Caller(new UUID(1, 1), "acme", new UUID(2, 2), "standard"),
        new Command.Delete(ResourceType.USER, new UUID(3, 3), null),
        new Envelope.Trace("here", Instant.EPOCH, "fingerprint", List.of()));
  }

  private OutcomeStore outcomes() {
    return (OutcomeStore)
        Proxy.newProxyInstance(
            OutcomeStore.class.getClassLoader(),
            new Class<?>[] {OutcomeStore.class},
            (proxy, method, arguments) -> Map.copyOf(stored));
  }
}
