package io.gatehouse.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.delivery.CloudEvent;
import io.gatehouse.delivery.EventPublisher;
import io.gatehouse.support.BrokerView;
import io.gatehouse.support.Flood;
import io.gatehouse.support.Gateway;
import java.util.List;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.junit.jupiter.api.Test;

/** Events that are sent again, because the outcome of an attempt is not known. */
class ResentEventsTest {

  private final Gateway gateway = Gateway.shared();
  private final EventPublisher publisher = gateway.bean(EventPublisher.class);
  private final String tenant = gateway.tenant();
  private final String queue =
      gateway.subscription(tenant, "training", "directory").json().path("username").asText();
  private ClientSession raw;
  private final CloudEvent event = new Flood(gateway, tenant).event(1);

  /** Its commit is on the way to the broker, or the gateway has ended before. */
  @Test
  void comeOnceWhenTheAttemptReachesTheBrokerLate() throws Exception {
    try (PublisherSession late = session()) {
      late.send(event);
      raw.queueQuery(SimpleString.of("an answer says that the event has arrived"));
      anAttemptFails();

      publisher.publish(List.of(event));

      assertThatThrownBy(late::commit).isInstanceOf(ActiveMQException.class);
    }
    assertThat(ids()).containsExactly(event.id());
  }

  @Test
  void areDroppedWhenTheAttemptHasSucceeded() throws Exception {
    CloudEvent next = new Flood(gateway, tenant).event(2);
    try (PublisherSession late = session()) {
      late.send(event);
      late.commit();
      anAttemptFails();

      publisher.publish(List.of(event, next));
    }
    assertThat(ids()).containsExactly(event.id(), next.id());
  }

  /** Another gateway may be the next one to publish. */
  @Test
  void endNoSessionWithoutDoubt() throws Exception {
    publisher.publish(List.of(event));
    try (PublisherSession other = session()) {
      CloudEvent next = new Flood(gateway, tenant).event(2);

      publisher.publish(List.of(next));

      assertThat(other.isOpen()).isTrue();
      other.send(new Flood(gateway, tenant).event(3));
      other.commit();
    }
    assertThat(ids()).hasSize(3);
  }

  private PublisherSession session() throws Exception {
    BrokerConnection broker = gateway.bean(BrokerConnection.class);
    ServerLocator locator =
        ActiveMQClient.createServerLocator(broker.url()).setBlockOnDurableSend(false);
    raw =
        locator
            .createSessionFactory()
            .createSession(
                broker.user(),
                broker.password(),
                false,
                false,
                true,
                false,
                0,
                PublisherSession.CLIENT + "late");
    return new PublisherSession(locator, raw);
  }

  private void anAttemptFails() {
    gateway.sql("do $$ begin perform nextval('publish_attempt'); end $$");
  }

  private List<String> ids() throws Exception {
    try (BrokerView broker = BrokerView.of(gateway)) {
      return broker.messages(queue).stream().map(ResentEventsTest::id).toList();
    }
  }

  private static String id(ClientMessage message) {
    return message.getStringProperty("cloudEvents_id");
  }
}
