package io.gatehouse.broker;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;

/** The queue of messages that cannot be parsed, so that none is lost. */
public final class UnreadableMessages {

  private UnreadableMessages() {}

  /** Moves a message, in the transaction in which it was received. */
  public static void add(Session session, Message message) throws JMSException {
    session.createProducer(session.createQueue(BrokerTopology.DEAD)).send(message);
  }
}
