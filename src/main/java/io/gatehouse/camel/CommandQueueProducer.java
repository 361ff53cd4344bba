package io.gatehouse.camel;

import io.gatehouse.broker.BrokerUnavailableException;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.EnvelopeCodec;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/**
 * One durable, non-transacted, blocking send. In doubt it sends again; the claim of the command id
 * drops the second.
 */
final class CommandQueueProducer extends DefaultProducer {

  private static final int ATTEMPTS = 3;

  private final ConnectionFactory connections;
  private final String queue;

  CommandQueueProducer(Endpoint endpoint, ConnectionFactory connections, String queue) {
    super(endpoint);
    this.connections = connections;
    this.queue = queue;
  }

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    Envelope envelope =
        exchange.getMessage().getBody() instanceof Submission submission
            ? submission.envelope()
            : exchange.getMessage().getMandatoryBody(Envelope.class);
    String text = EnvelopeCodec.encode(envelope);
    String key = envelope.orderingKey();
    @Nullable JMSException doubt = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        send(text, key);
        return;
      } catch (JMSException e) {
        doubt = e;
      }
    }
    throw new BrokerUnavailableException("The command was not accepted by the broker", doubt);
  }

  /**
   * Durable by default and without a time to live, ever: what is accepted waits for as long as it
   * takes.
   */
  private void send(String text, String key) throws JMSException {
    try (Connection connection = connections.createConnection();
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        MessageProducer producer = session.createProducer(session.createQueue(queue))) {
      TextMessage message = session.createTextMessage(text);
      message.setStringProperty("JMSXGroupID", key);
      producer.setDeliveryMode(DeliveryMode.PERSISTENT);
      producer.send(message);
    }
  }
}
