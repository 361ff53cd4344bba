package io.gatehouse.race;

import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A thread that stops at each gate until it is let through. */
final class Stepper implements AutoCloseable {

  private final String name;
  private final ExecutorService thread;
  private final Semaphore passes = new Semaphore(0);
  private final BlockingQueue<Stage> arrivals = new LinkedBlockingQueue<>();
  private volatile int backend;
  private volatile Instant clock = Instant.EPOCH;
  private Stage stage = Stage.DONE;
  private boolean moving;

  Stepper(String name) {
    this.name = name;
    this.thread = Executors.newSingleThreadExecutor(work -> new Thread(work, name));
  }

  /** Starts the work, which stops at once at the first gate. */
  <T> Future<T> start(Supplier<T> work) {
    stage = Stage.READY;
    backend = 0;
    return thread.submit(
        () -> {
          passes.acquire();
          try {
            return work.get();
          } finally {
            arrivals.add(Stage.DONE);
          }
        });
  }

  /** Stops before each transaction but the first, before which the work stands at its start. */
  void begin() {
    if (backend != 0) {
      backend = 0;
      gate(Stage.READY);
    }
  }

  /** Stops the thread of the work. */
  void gate(Stage reached) {
    arrivals.add(reached);
    try {
      passes.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The database's process that works for this thread; 0 when none does. */
  int backend() {
    return backend;
  }

  void backend(int process) {
    backend = process;
  }

  /** The time of the transaction. */
  Instant clock() {
    return clock;
  }

  void clock(Instant now) {
    clock = now;
  }

  void go() {
    moving = true;
    passes.release();
  }

  /** Whether it has come to a gate, if need be after a moment. */
  boolean arrives(long millis) {
    if (!moving) {
      return true;
    }
    try {
      Stage reached = arrivals.poll(millis, TimeUnit.MILLISECONDS);
      if (reached != null) {
        stage = reached;
        moving = false;
      }
      return reached != null;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean isMoving() {
    return moving;
  }

  boolean isDone() {
    return isAt(Stage.DONE);
  }

  /** Whether it holds no locks. */
  boolean isOutside() {
    return isAt(Stage.DONE) || isAt(Stage.READY);
  }

  boolean isAt(Stage reached) {
    return !moving && stage == reached;
  }

  @Override
  public String toString() {
    return name + (moving ? " waits after " : " ") + stage;
  }

  static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
