package io.gatehouse.benchmark;

import io.gatehouse.support.CsvClient;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How many events a second subscribers with a foreign AMQP 1.0 client get. */
class FeedBenchmark {

  private static final int EVENTS = Integer.getInteger("events", 20_000);

  @Test
  void eventsPerSecond() throws Exception {
    try (Gateway gateway = Gateway.start(Gateway.temporaryFolder())) {
      deliver(gateway, 1, EVENTS / 4);
      for (int subscribers : List.of(1, 3, 10)) {
        double perSecond = deliver(gateway, subscribers, EVENTS);
        System.out.printf(
            "BENCHMARK %2d subscribers: %6.0f events/s to each, %6.0f in all%n",
            subscribers, perSecond, subscribers * perSecond);
      }
    }
  }

  /** From the first event that anybody gets to the last. */
  private static double deliver(Gateway gateway, int subscribers, int events) throws Exception {
    String tenant = gateway.tenant();
    CountDownLatch open = new CountDownLatch(subscribers * events);
    AtomicLong first = new AtomicLong();
    List<Listener> listeners = new ArrayList<>();
    for (int i = 0; i < subscribers; i++) {
      listeners.add(
          Listener.of(
              gateway.subscription(tenant, "s" + i).json(),
              event -> {
                first.compareAndSet(0, System.nanoTime());
                open.countDown();
              }));
    }
    new CsvClient(gateway, tenant).bring(people(events));
    open.await();
    long last = System.nanoTime();
    for (Listener listener : listeners) {
      listener.close();
    }
    return events / ((last - first.get()) / 1e9);
  }

  private static String people(int count) {
    StringBuilder csv = new StringBuilder("userName,givenName,familyName,email,title\n");
    for (int i = 0; i < count; i++) {
      csv.append("u%d@example.com,Ada,Lovelace,u%d@example.com,Countess%n".formatted(i, i));
    }
    return csv.toString();
  }
}
