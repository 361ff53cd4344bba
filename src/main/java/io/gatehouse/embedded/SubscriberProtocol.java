package io.gatehouse.embedded;

import java.util.List;
import org.apache.activemq.artemis.core.server.ActiveMQComponent;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.protocol.amqp.broker.ProtonProtocolManagerFactory;

/**
 * AMQP 1.0 for clients. Its services for other brokers, mirrors and outgoing connections, are left
 * out: the gateway does not use them, and in this version they do not link with the broker's
 * classes.
 */
final class SubscriberProtocol extends ProtonProtocolManagerFactory {

  @Override
  public void loadProtocolServices(ActiveMQServer server, List<ActiveMQComponent> services) {
    // none
  }

  @Override
  public void updateProtocolServices(ActiveMQServer server, List<ActiveMQComponent> services) {
    // none
  }
}
