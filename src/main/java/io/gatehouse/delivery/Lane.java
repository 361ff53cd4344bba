package io.gatehouse.delivery;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A number of places in which errands are run. Whoever is done with one takes the next. */
final class Lane {

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final long PATIENCE_SECONDS = 18;

  private final Semaphore places;
  private final ExecutorService threads;
  private final IntFunction<List<Errand>> source;
  private final Consumer<Errand> work;

  /**
   * An empty lane.
   *
   * @param source gives at most so many errands
   */
  Lane(String name, int size, IntFunction<List<Errand>> source, Consumer<Errand> work) {
    this.places = new Semaphore(size);
    this.threads = Executors.newFixedThreadPool(size, it -> new Thread(it, "gatehouse-" + name));
    this.source = source;
    this.work = work;
  }

  /**
   * Takes as many errands as there are places, and does not wait for them. One takes at a time,
   * since each must see what of an endpoint is on its way.
   */
  synchronized void fill() {
    int free = places.drainPermits();
    int used = 0;
    try {
      List<Errand> errands = free == 0 || threads.isShutdown() ? List.of() : source.apply(free);
      used = errands.size();
      errands.forEach(errand -> threads.execute(() -> run(errand)));
    } finally {
      places.release(free - used);
    }
  }

  /** What fails here stays lent for a minute, and is then run again. */
  private void run(Errand errand) {
    try {
      work.accept(errand);
    } catch (RuntimeException e) {
      LOG.warn("The outcome of an event for {} is not known", errand.endpoint().claim().queue(), e);
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

  /** Lets those come back who are on their way. */
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
