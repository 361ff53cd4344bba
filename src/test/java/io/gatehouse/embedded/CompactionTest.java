package io.gatehouse.embedded;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.junit.jupiter.api.Test;

/**
 * The journal of the broker is compacted after some 40,000 creates; {@code .ci/run} tries it on a
 * newer JDK too.
 */
class CompactionTest {

  private static final int ROUNDS = 3;

  private final Gateway gateway = Gateway.shared();
  private final EmbeddedBroker broker = gateway.bean(EmbeddedBroker.class);

  @Test
  void goesOnWritingAndReadingWhenTheJournalIsCompacted() throws Exception {
    ActiveMQServer before = broker.server();
    ScimClient idp = gateway.connection("standard");
    Gateway.Answer subscription = gateway.subscription(idp.tenant(), "training");
    List<UUID> created = new ArrayList<>();

    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < 50; i++) {
        created.add(idp.create(user("user" + round + "-" + i + "@example.com")).id());
      }
      new Journal(broker).compact();
    }
    Gateway.Answer last = idp.create(user("last@example.com"));

    assertThat(last.status()).isEqualTo(201);
    created.add(last.id());
    try (Subscriber training = Subscriber.of(subscription)) {
      for (UUID id : created) {
        assertThat(training.next().path("subject").asText()).isEqualTo("/Users/" + id);
      }
    }
    assertThat(broker.server()).isSameAs(before);
    assertThat(broker.isRunning()).isTrue();
  }
}
