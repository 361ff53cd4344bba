package io.gatehouse.broker;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Predicate;

/**
 * The queue of messages that cannot be parsed, so that none is lost. A newer gateway writes some
 * that an older one cannot parse.
 */
public final class UnreadableMessages {

  private static final String ORIGIN = "gatehouse_queue";
  private static final String GROUP = "JMSXGroupID";

  /** How many return at once. */
  private static final int MANY = 1_000;

  private UnreadableMessages() {}

  /**
   * Moves a message, in the transaction in which it was received.
   *
   * @param origin the queue that it was on
   */
  public static void add(Session session, Message message, String origin) throws JMSException {
    String group = message.getStringProperty(GROUP);
    message.clearProperties();
    if (group != null) {
      message.setStringProperty(GROUP, group);
    }
    message.setStringProperty(ORIGIN, origin);
    send(session, message, BrokerTopology.DEAD);
  }

  /**
   * Moves the messages of a queue back to it, and commits.
   *
   * @param isReadable whether this gateway can read a message; the others stay where they are
   * @return their number
   */
  public static int restore(Session session, String origin, Predicate<Message> isReadable)
      throws JMSException {
    Queue dead = session.createQueue(BrokerTopology.DEAD);
    int restored = 0;
    for (String id : readable(session, dead, origin, isReadable)) {
      try (MessageConsumer one = session.createConsumer(dead, "JMSMessageID = '" + id + "'")) {
        Message message = one.receiveNoWait();
        if (message != null) { // else another gateway has taken it
          send(session, message, origin);
          restored++;
        }
      }
    }
    session.commit();
    return restored;
  }

  private static List<String> readable(
      Session session, Queue dead, String origin, Predicate<Message> isReadable)
      throws JMSException {
    List<String> ids = new ArrayList<>();
    try (QueueBrowser browser = session.createBrowser(dead, ORIGIN + " = '" + origin + "'")) {
      Enumeration<?> messages = browser.getEnumeration();
      while (messages.hasMoreElements() && ids.size() < MANY) {
        Message message = (Message) messages.nextElement();
        if (isReadable.test(message)) {
          ids.add(message.getJMSMessageID());
        }
      }
    }
    return ids;
  }

  private static void send(Session session, Message message, String queue) throws JMSException {
    try (MessageProducer producer = session.createProducer(session.createQueue(queue))) {
      producer.send(message);
    }
  }
}
