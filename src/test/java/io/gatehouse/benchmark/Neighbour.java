package io.gatehouse.benchmark;

import io.gatehouse.scim.Json;
import io.gatehouse.support.ScimClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A connection that creates users without regard to others, by many clients and at several gateways
 * in turns, until it is closed.
 */
final class Neighbour implements AutoCloseable {

  private static final double NANOS = 1e9;

  private final Map<String, Integer> answers = new TreeMap<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong next = new AtomicLong();
  private final long start = System.nanoTime();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<Void>> clients = new ArrayList<>();
  private final String token;
  private final double rate;

  /**
   * Begins.
   *
   * @param rate creates a second of all clients together, however late the answers are; zero: as
   *     fast as they are answered
   */
  Neighbour(ScimClient idp, double rate, int clients, List<Integer> ports) {
    this.token = idp.token();
    this.rate = rate;
    for (int i = 0; i < clients; i++) {
      int port = ports.get(i % ports.size());
      Callable<Void> client = () -> offer(port);
      this.clients.add(threads.submit(client));
    }
  }

  private Void offer(int port) throws IOException {
    try (Wire wire = new Wire(port)) {
      while (!over.get()) {
        long number = next.getAndIncrement();
        if (rate > 0) {
          LockSupport.parkNanos(start + (long) (number * NANOS / rate) - System.nanoTime());
        }
        String user = Json.text(ScimClient.user("noise" + start + "-" + number + "@example.com"));
        count(wire.send(new Wire.Call("POST", "/scim/v2/Users", token, user)));
      }
    }
    return null;
  }

  private void count(Wire.Answer answer) {
    String what = answer.status() + (answer.retryAfter().isEmpty() ? "" : " with Retry-After");
    synchronized (answers) {
      answers.merge(what, 1, Integer::sum);
    }
  }

  /** How often which status was answered, until now. */
  Map<String, Integer> answers() {
    synchronized (answers) {
      return new TreeMap<>(answers);
    }
  }

  @Override
  public void close() throws Exception {
    over.set(true);
    for (Future<Void> client : clients) {
      client.get();
    }
    threads.shutdown();
  }
}
