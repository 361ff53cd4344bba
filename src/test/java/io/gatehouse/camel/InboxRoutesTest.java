package io.gatehouse.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.broker.BrokerUnavailableException;
import io.gatehouse.camel.queue.QueueComponent;
import io.gatehouse.camel.queue.SignalFormat;
import io.gatehouse.inbox.SignalBatch;
import io.gatehouse.store.StoreUnavailableException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.component.seda.SedaComponent;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The events of webhooks and polls: onto the queue, into the inbox, and to the processor. */
class InboxRoutesTest extends AdvisedRoutes {

  private static final SignalBatch BATCH = new SignalBatch(new UUID(2, 2), List.of());

  private final Polls polls = new Polls();

  @BeforeEach
  void beginAnew() {
    polls.asked.clear();
    polls.together = new CyclicBarrier(1);
    polls.away = "none";
  }

  @Override
  String[] ends() {
    return new String[] {"signal-queue:*"};
  }

  @Override
  void bind(Registry registry) {
    registry.bind("signal-queue", new QueueComponent<>(new SignalFormat(), null));
    registry.bind("inboxFallback", new Fallback());
    registry.bind("idpPolls", polls);
  }

  /** AdviceWith does not reach into the {@code doCatch} of a YAML file. */
  final class Fallback {
    public void add(SignalBatch batch) throws Exception {
      Exchange added =
          template.send("mock:inboxFallback.add", it -> it.getMessage().setBody(batch));
      if (added.getException() != null) {
        throw added.getException();
      }
    }
  }

  /** A mock would ask one after the other. */
  static final class Polls {

    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private CyclicBarrier together = new CyclicBarrier(1);
    private String away = "none";

    public List<String> connections() {
      return List.of("first", "second", "third");
    }

    public void poll(String connection) throws Exception {
      ask("poll " + connection);
    }

    public void subscribe(String connection) throws Exception {
      ask("subscribe " + connection);
    }

    private void ask(String question) throws Exception {
      asked.add(question);
      together.await(1, TimeUnit.MINUTES);
      if (question.endsWith(away)) {
        throw new IllegalStateException("the IdP is away");
      }
    }
  }

  @Test
  void putsTheEventsOfAWebhookOnTheQueueAndNowhereElse() {
    Exchange call = call("inbox-accept", BATCH);

    assertThat(call.getException()).isNull();
    assertThat(bodies("signal-queue:signals")).containsExactly(BATCH);
    assertThat(bodies("inboxFallback.add")).isEmpty();
    assertThat(bodies("seda:inbox-work")).isEmpty();
  }

  @Test
  void storesTheEventsInTheInboxItselfWhenTheBrokerIsAway() {
    fails("signal-queue:signals", new BrokerUnavailableException("away", null));

    Exchange call = call("inbox-accept", BATCH);

    assertThat(call.getException()).as("stored, so the sender is told so").isNull();
    assertThat(bodies("inboxFallback.add")).containsExactly(BATCH);
    assertThat(bodies("seda:inbox-work")).hasSize(1);
  }

  @Test
  void tellsTheSenderWhenTheEventsAreNotStoredAnywhere() {
    fails("signal-queue:signals", new BrokerUnavailableException("away", null));
    fails("inboxFallback.add", new StoreUnavailableException("away, too", null));

    Exchange call = call("inbox-accept", BATCH);

    assertThat(call.getException()).isInstanceOf(StoreUnavailableException.class);
    assertThat(bodies("seda:inbox-work")).isEmpty();
  }

  @Test
  void storesNothingInTheInboxWhenTheQueueFailsForAnotherReason() {
    fails("signal-queue:signals", new IllegalStateException("a defect"));

    assertThat(call("inbox-accept", BATCH).getException()).hasMessage("a defect");
    assertThat(bodies("inboxFallback.add")).isEmpty();
  }

  @Test
  void keepsABatchOfTheQueueAndThenWakesTheProcessor() {
    Exchange batch = send("inbox-keep", List.of(BATCH, BATCH));

    assertThat(batch.getException()).isNull();
    assertThat(bodies("inboxWriter.keep")).containsExactly(List.of(BATCH, BATCH));
    assertThat(bodies("seda:inbox-work")).hasSize(1);
  }

  /** The queue takes the batch back then; see QueueRoutesTest. */
  @Test
  void handsTheFailureOfTheStoreToTheQueueAndWakesNothing() {
    fails("inboxWriter.keep", new StoreUnavailableException("away", null));

    Exchange batch = send("inbox-keep", List.of(BATCH));

    assertThat(batch.getException()).isInstanceOf(StoreUnavailableException.class);
    assertThat(end("inboxWriter.keep").getReceivedCounter()).isEqualTo(1);
    assertThat(bodies("seda:inbox-work")).isEmpty();
  }

  @Test
  void wakesTheProcessorAtEachTickAndLosesOnlyWakeUps() {
    for (int i = 0; i < 10; i++) {
      assertThat(send("inbox-due", null).getException()).isNull();
    }

    assertThat(bodies("seda:inbox-work")).hasSize(10);
    assertThat(waiting()).as("nothing takes them here").isEqualTo(4);
  }

  @Test
  void handsTheFailureOfAWakeUpToTheTimer() {
    fails("seda:inbox-work", new IllegalStateException("a defect"));

    assertThat(send("inbox-due", null).getException()).hasMessage("a defect");
  }

  @Test
  void processesAtEachWakeUpAlsoAfterAFailure() {
    fails("signalProcessor.run", new StoreUnavailableException("away", null));
    assertThat(send("inbox-work", null).getException())
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(end("signalProcessor.run").getReceivedCounter()).as("once").isEqualTo(1);

    end("signalProcessor.run").whenAnyExchangeReceived(it -> {});
    assertThat(send("inbox-work", null).getException()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"inbox-poll,poll", "inbox-subscribe,subscribe"})
  void asksTheIdpsOfAllConnectionsSideBySide(String route, String question) {
    polls.together = new CyclicBarrier(3);

    Exchange tick = send(route, null);

    assertThat(tick.getException()).isNull();
    assertThat(polls.asked)
        .containsOnly(question + " first", question + " second", question + " third");
  }

  @ParameterizedTest
  @CsvSource({"inbox-poll,poll", "inbox-subscribe,subscribe"})
  void asksTheOtherIdpsWhenOneFails(String route, String question) {
    polls.away = "first";

    Exchange tick = send(route, null);

    assertThat(tick.getException()).hasStackTraceContaining("the IdP is away");
    assertThat(polls.asked).contains(question + " second", question + " third");
  }

  private int waiting() {
    return context.getComponent("seda", SedaComponent.class).getQueues().values().stream()
        .mapToInt(it -> it.getQueue().size())
        .sum();
  }
}
