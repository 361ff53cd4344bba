package io.gatehouse.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.store.StoreUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent to subscribers besides the events that the relay publishes. */
class DeliveryRoutesTest extends AdvisedRoutes {

  @Override
  String[] ends() {
    return new String[0];
  }

  @ParameterizedTest
  @CsvSource({
    "delivery-endpoints,webhookSender.run",
    "delivery-catch-up,replaySender.run",
    "delivery-watch,lagMonitor.run"
  })
  void worksOnceAndAgainWithTheNextTickAfterAFailure(String route, String bean) {
    fails(bean, new StoreUnavailableException("away", null));
    assertThat(send(route, null).getException()).isInstanceOf(StoreUnavailableException.class);
    assertThat(end(bean).getReceivedCounter()).as("the row is the retry").isEqualTo(1);

    end(bean).whenAnyExchangeReceived(it -> {});
    assertThat(send(route, null).getException()).isNull();
    assertThat(end(bean).getReceivedCounter()).isEqualTo(2);
  }

  @Test
  void wakesTheSenderOfWebhooksAtEachTick() {
    for (int i = 0; i < 3; i++) {
      assertThat(send("delivery-endpoints-poll", null).getException()).isNull();
    }

    assertThat(bodies("seda:delivery-endpoints")).hasSize(3);
    assertThat(end("webhookSender.run").getReceivedCounter()).as("on its own thread").isZero();
  }

  @Test
  void handsTheFailureOfAWakeUpToTheTimer() {
    fails("seda:delivery-endpoints", new IllegalStateException("a defect"));

    assertThat(send("delivery-endpoints-poll", null).getException()).hasMessage("a defect");
  }
}
