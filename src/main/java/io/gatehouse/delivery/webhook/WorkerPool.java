package io.gatehouse.delivery.webhook;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fixed number of worker threads that run deliveries. A worker that finishes a delivery fetches
 * the next ones.
 */
final class WorkerPool {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);
  private static final long PATIENCE_SECONDS = 18;

  private final Semaphore places;
  private final ExecutorService threads;
  private final IntFunction<List<PendingDelivery>> source;
  private final Consumer<PendingDelivery> work;

  /**
   * Creates an idle pool.
   *
   * @param source leases at most the given number of deliveries
   */
  WorkerPool(
      String name,
      int size,
      IntFunction<List<PendingDelivery>> source,
      Consumer<PendingDelivery> work) {
    this.places = new Semaphore(size);
    this.threads = Executors.newFixedThreadPool(size, it -> new Thread(it, "gatehouse-" + name));
    this.source = source;
    this.work = work;
  }

  /**
   * Leases as many deliveries as workers are free, and does not wait for them. Leases are taken one
   * after the other, since each must see the running deliveries of an endpoint.
   */
  synchronized void fill() {
    int free = places.drainPermits();
    int used = 0;
    try {
      List<PendingDelivery> due =
          free == 0 || threads.isShutdown() ? List.of() : source.apply(free);
      used = due.size();
      due.forEach(delivery -> threads.execute(() -> run(delivery)));
    } finally {
      places.release(free - used);
    }
  }

  /** After a failure here, the delivery stays leased for a minute and is then run again. */
  private void run(PendingDelivery delivery) {
    try {
      work.accept(delivery);
    } catch (RuntimeException e) {
      LOG.warn(
          "The outcome of an event for {} is not known", delivery.endpoint().claim().queue(), e);
    } finally {
      places.release();
    }
    takeNext();
  }

  private void takeNext() {
    try {
      fill();
    } catch (RuntimeException e) {
      LOG.warn("The due events of endpoints cannot be read: {}", e.getMessage());
    }
  }

  /** Waits for a limited time until the running deliveries have ended. */
  void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Not all requests to endpoints have ended");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
