package io.gatehouse.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.broker.BrokerUnavailableException;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** Changes: to the subscribers' queues by the relay, and then to the endpoints. */
class ChangeRoutesTest extends AdvisedRoutes {

  @Override
  String[] ends() {
    return new String[0];
  }

  @Test
  void publishesTheChangesAndThenWakesTheSenderOfWebhooks() {
    Exchange wakeUp = send("change-relay", null);

    assertThat(wakeUp.getException()).isNull();
    assertThat(end("relay.run").getReceivedCounter()).isEqualTo(1);
    assertThat(bodies("seda:delivery-endpoints")).hasSize(1);
  }

  /** A run costs several statements even when there is one change. */
  @Test
  void runsAtMostFiftyTimesASecondHoweverOftenItIsWoken() {
    long start = System.nanoTime();
    for (int i = 0; i < 4; i++) {
      assertThat(send("change-relay", null).getException()).isNull();
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(55));
    assertThat(end("relay.run").getReceivedCounter()).as("none is lost").isEqualTo(4);
  }

  /** They stay in the outbox; the next wake-up is the retry. */
  @Test
  void publishesTheChangesWithTheNextWakeUpWhenTheBrokerIsAway() {
    fails("relay.run", new BrokerUnavailableException("away", null));
    assertThat(send("change-relay", null).getException())
        .isInstanceOf(BrokerUnavailableException.class);
    assertThat(end("relay.run").getReceivedCounter()).as("once").isEqualTo(1);
    assertThat(bodies("seda:delivery-endpoints")).isEmpty();

    end("relay.run").whenAnyExchangeReceived(it -> {});
    assertThat(send("change-relay", null).getException()).isNull();
    assertThat(bodies("seda:delivery-endpoints")).hasSize(1);
  }

  @Test
  void wakesTheRelayAtEachTick() {
    for (int i = 0; i < 3; i++) {
      assertThat(send("change-poll", null).getException()).as("a lost one is no failure").isNull();
    }

    assertThat(bodies("seda:change-relay")).hasSize(3);
    assertThat(end("relay.run").getReceivedCounter()).as("on its own thread").isZero();
  }

  @Test
  void handsTheFailureOfAWakeUpToTheTimer() {
    fails("seda:change-relay", new IllegalStateException("a defect"));

    assertThat(send("change-poll", null).getException()).hasMessage("a defect");
  }
}
