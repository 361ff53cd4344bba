package io.gatehouse.camel;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A queue in memory, as transacted sessions see it. */
final class FakeQueue {

  private static final long POLL_MILLIS = 20;

  private final BlockingDeque<String> waiting = new LinkedBlockingDeque<>();
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final List<String> putAside = new CopyOnWriteArrayList<>();
  private final AtomicInteger rollbacks = new AtomicInteger();

  void put(String... texts) {
    waiting.addAll(List.of(texts));
  }

  /** What was taken off it for ever. */
  List<String> taken() {
    return taken;
  }

  /** What was sent to another queue in the same transactions. */
  List<String> putAside() {
    return putAside;
  }

  int rollbacks() {
    return rollbacks.get();
  }

  void clear() {
    waiting.clear();
    taken.clear();
    putAside.clear();
    rollbacks.set(0);
  }

  ConnectionFactory connections() {
    return fake(ConnectionFactory.class, Map.of("createConnection", this::connection));
  }

  private Connection connection() {
    return fake(Connection.class, Map.of("createSession", () -> new Transactions().session()));
  }

  /** Of one session. */
  private final class Transactions {

    private final List<String> received = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private String last = "";

    Session session() {
      return fake(
          Session.class,
          Map.of(
              "createQueue",
              () -> fake(Queue.class, Map.of()),
              "createBrowser",
              Transactions::nothing,
              "createConsumer",
              () -> fake(MessageConsumer.class, Map.of("receive", this::receive)),
              "createProducer",
              () -> fake(MessageProducer.class, Map.of("send", this::send)),
              "commit",
              this::commit,
              "rollback",
              this::rollback));
    }

    /** Nothing was put aside before. */
    private static QueueBrowser nothing() {
      return fake(QueueBrowser.class, Map.of("getEnumeration", Collections::emptyEnumeration));
    }

    private TextMessage receive() throws InterruptedException {
      String text = waiting.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (text == null) {
        return null;
      }
      received.add(text);
      last = text;
      return fake(TextMessage.class, Map.of("getText", () -> text));
    }

    /** A reader sends nothing but what it has received last. */
    private Object send() {
      return sent.add(last);
    }

    private Object commit() {
      putAside.addAll(sent);
      taken.addAll(received);
      return end();
    }

    private Object rollback() {
      Collections.reverse(received);
      received.forEach(waiting::addFirst);
      rollbacks.incrementAndGet();
      return end();
    }

    private Object end() {
      received.clear();
      sent.clear();
      return null;
    }
  }

  private static <T> T fake(Class<T> type, Map<String, Callable<Object>> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                answers.getOrDefault(method.getName(), () -> null).call()));
  }
}
