package io.gatehouse.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that call a server, each on its connection.
 *
 * @param rate calls a second of all clients together, each sent when it is due or, where all
 *     clients wait, as soon as one is free; its latency is counted from the moment at which it was
 *     due, so that a slow server does not slow down what it is measured with. Zero: each client
 *     sends as soon as it was answered.
 * @param seconds after which none is sent
 * @param most after how many none is sent
 */
record Load(int port, int clients, double rate, double seconds, long most) {

  private static final double NANOS = 1e9;

  /** One call, or several of which the last one counts. */
  interface Work {
    Wire.Answer once(Wire wire) throws IOException;
  }

  /**
   * What came of it.
   *
   * @param perSecond calls that succeeded
   * @param eachSecond how many were answered in the first second, in the second one, ...
   */
  record Result(double perSecond, Latencies latencies, long calls, List<Integer> eachSecond) {}

  /** As fast as they can. */
  static Load closed(int port, int clients, double seconds) {
    return new Load(port, clients, 0, seconds, Long.MAX_VALUE);
  }

  Load at(double perSecond) {
    return new Load(port, clients, perSecond, seconds, most);
  }

  /** So many calls, however long they take. */
  Load times(long calls) {
    return new Load(port, clients, rate, Integer.MAX_VALUE, calls);
  }

  /**
   * Runs it to its end.
   *
   * @throws IOException when an answer is not 2xx
   */
  Result run(Work work) throws Exception {
    AtomicLong next = new AtomicLong();
    AtomicIntegerArray each = new AtomicIntegerArray((int) Math.min(seconds + 60, 3_600));
    Latencies latencies = new Latencies();
    long start = System.nanoTime();
    Callable<Void> client =
        () -> {
          try (Wire wire = new Wire(port)) {
            for (long n = next.getAndIncrement(); n < most; n = next.getAndIncrement()) {
              long due = rate > 0 ? start + (long) (n * NANOS / rate) : System.nanoTime();
              if ((due - start) / NANOS >= seconds) {
                break;
              }
              await(due);
              check(work.once(wire));
              long end = System.nanoTime();
              latencies.add(end - due);
              each.incrementAndGet((int) Math.min((end - start) / NANOS, each.length() - 1));
            }
          }
          return null;
        };
    run(client);
    double taken = (System.nanoTime() - start) / NANOS;
    return new Result(
        latencies.count() / taken, latencies, latencies.count(), list(each, (int) taken));
  }

  private void run(Callable<Void> client) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      List<Future<Void>> running = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        running.add(threads.submit(client));
      }
      for (Future<Void> one : running) {
        one.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  private static void await(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  static void check(Wire.Answer answer) throws IOException {
    if (answer.status() / 100 != 2) {
      throw new IOException("answered " + answer.status() + ": " + answer.body());
    }
  }

  private static List<Integer> list(AtomicIntegerArray each, int seconds) {
    List<Integer> list = new ArrayList<>();
    for (int i = 0; i < Math.min(seconds, each.length()); i++) {
      list.add(each.get(i));
    }
    return list;
  }
}
