package io.gatehouse.faults;

import io.gatehouse.command.Envelope;
import io.gatehouse.command.EnvelopeCodec;
import io.gatehouse.faults.Interception.Invocation;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;

/** A connection factory with the halt points and the seeded bugs of the queue of commands. */
final class FaultyJms {

  private static final String COMMANDS = "commands";

  /** The session in which this thread has received commands that it has not acknowledged. */
  private static final ThreadLocal<Session> RECEIVED = new ThreadLocal<>();

  private FaultyJms() {}

  static ConnectionFactory of(ConnectionFactory factory) {
    return Interception.of(
        ConnectionFactory.class,
        factory,
        call -> {
          Object result = call.proceed();
          return result instanceof Connection connection ? connection(connection) : result;
        });
  }

  private static Connection connection(Connection connection) {
    return Interception.of(
        Connection.class,
        connection,
        call -> {
          Object result = call.proceed();
          return result instanceof Session session ? session(session) : result;
        });
  }

  private static Session session(Session session) {
    return Interception.of(Session.class, session, call -> inSession(session, call));
  }

  private static Object inSession(Session session, Invocation call) throws Throwable {
    if (isCommands(call) && call.name().equals("createProducer")) {
      MessageProducer producer = (MessageProducer) call.proceed();
      return Interception.of(MessageProducer.class, producer, FaultyJms::inProducer);
    }
    if (isCommands(call) && call.name().equals("createConsumer")) {
      MessageConsumer consumer = (MessageConsumer) call.proceed();
      return Interception.of(MessageConsumer.class, consumer, it -> inConsumer(session, it));
    }
    if (RECEIVED.get() != session) {
      return call.proceed();
    }
    return switch (call.name()) {
      case "commit" -> committed(call);
      case "rollback" -> {
        RECEIVED.remove();
        yield call.proceed();
      }
      default -> call.proceed();
    };
  }

  private static boolean isCommands(Invocation call) throws JMSException {
    return call.arguments() != null
        && call.arguments()[0] instanceof Queue queue
        && queue.getQueueName().equals(COMMANDS);
  }

  private static Object committed(Invocation commit) throws Throwable {
    Faults.pass(HaltPoint.APPLY_BEFORE_ACKNOWLEDGE);
    RECEIVED.remove();
    Object result = commit.proceed();
    Faults.pass(HaltPoint.APPLY_AFTER_ACKNOWLEDGE);
    return result;
  }

  /** By {@link SeededBug#ACKNOWLEDGE_FIRST}. */
  static void acknowledge() throws JMSException {
    if (RECEIVED.get() != null) {
      RECEIVED.get().commit();
    }
  }

  private static Object inConsumer(Session session, Invocation call) throws Throwable {
    Object result = call.proceed();
    if (call.name().startsWith("receive") && command((Message) result) != null) {
      RECEIVED.set(session);
      Faults.pass(HaltPoint.APPLY_AFTER_RECEIVE);
    }
    return result;
  }

  private static Object inProducer(Invocation call) throws Throwable {
    if (!call.name().equals("send")) {
      return call.proceed();
    }
    Message message = (Message) call.arguments()[0];
    String command = command(message);
    if (command == null) {
      return call.proceed();
    }
    if (Faults.has(SeededBug.COMMAND_EXPIRES)) {
      ((MessageProducer) call.target()).setTimeToLive(1_000);
    }
    if (Faults.has(SeededBug.USER_UNLOCKED)) {
      message.setStringProperty("JMSXGroupID", command);
    }
    Faults.pass(HaltPoint.EDGE_BEFORE_SEND);
    Object result = call.proceed();
    Faults.accepted(command);
    Faults.pass(HaltPoint.EDGE_AFTER_SEND);
    return result;
  }

  /** The id of a command; null for a probe. */
  private static String command(Message message) throws JMSException {
    if (!(message instanceof TextMessage text)) {
      return null;
    }
    Envelope envelope = EnvelopeCodec.decode(text.getText());
    return envelope.isProbe() ? null : envelope.id().toString();
  }
}
