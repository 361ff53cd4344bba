package io.gatehouse.camel.queue;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;

/**
 * One queue of a broker in memory, with transacted sessions: what was received and not committed
 * comes again, in its order. Also where messages are that were put aside.
 */
final class FakeQueue {

  private final Runnable whenEmpty;
  private final LinkedList<Message> waiting = new LinkedList<>();
  private final List<Message> received = new ArrayList<>();
  private final List<Message> moved = new ArrayList<>();

  final List<Message> dead = new ArrayList<>();
  final List<Long> waits = new ArrayList<>();

  /**
   * An empty queue.
   *
   * @param whenEmpty is run when somebody waits for a first message and there is none
   */
  FakeQueue(Runnable whenEmpty) {
    this.whenEmpty = whenEmpty;
  }

  void addText(String text) {
    waiting.add(fake(TextMessage.class, Map.of("getText", it -> text)));
  }

  /** A message of another kind. */
  void addOther() {
    waiting.add(fake(Message.class, Map.of()));
  }

  int size() {
    return waiting.size() + received.size();
  }

  ConnectionFactory connections() {
    MessageConsumer consumer =
        fake(
            MessageConsumer.class,
            Map.of("receive", it -> receive((Long) it[0]), "receiveNoWait", it -> receive(0)));
    Session session =
        fake(
            Session.class,
            Map.of(
                "createQueue", it -> fake(Queue.class, Map.of("getQueueName", none -> it[0])),
                "createConsumer", it -> consumer,
                "createProducer", it -> producer(),
                "commit", it -> commit(),
                "rollback", it -> rollback(),
                "close", it -> rollback()));
    Connection connection = fake(Connection.class, Map.of("createSession", it -> session));
    return fake(ConnectionFactory.class, Map.of("createConnection", it -> connection));
  }

  private MessageProducer producer() {
    return fake(MessageProducer.class, Map.of("send", it -> moved.add((Message) it[0])));
  }

  private Message receive(long millis) {
    if (waiting.isEmpty() && received.isEmpty()) {
      whenEmpty.run();
    }
    if (waiting.isEmpty()) {
      waits.add(millis);
      return null;
    }
    Message next = waiting.remove();
    received.add(next);
    return next;
  }

  private Object commit() {
    received.clear();
    dead.addAll(moved);
    moved.clear();
    return null;
  }

  private Object rollback() {
    waiting.addAll(0, received);
    received.clear();
    moved.clear();
    return null;
  }

  /** One method of a fake. */
  private interface Call {
    Object apply(Object[] arguments);
  }

  /** Methods that are not named do nothing. */
  private static <T> T fake(Class<T> type, Map<String, Call> methods) {
    return type.cast(
        Proxy.newProxyInstance(
            FakeQueue.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  default -> methods.getOrDefault(method.getName(), it -> null).apply(arguments);
                }));
  }
}
