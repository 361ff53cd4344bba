package io.gatehouse.embedded;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Monitors the embedded parts, and restarts a part that has ended by itself. When a part cannot be
 * started or ends repeatedly, the process ends with one sentence in the log: a gateway without it
 * cannot answer and must not appear alive. The supervisor starts after all other components, and
 * stops before them.
 */
final class Supervisor implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final long STOP_MILLIS = 5_000;

  private final List<Watched> parts;
  private final Limits limits;
  private final Consumer<String> givingUp;
  private CountDownLatch stop = new CountDownLatch(1);
  private @Nullable Thread thread;

  Supervisor(List<EmbeddedPart> parts, Limits limits, Consumer<String> givingUp) {
    this.parts = parts.stream().map(it -> new Watched(it, new ArrayDeque<>())).toList();
    this.limits = limits;
    this.givingUp = givingUp;
  }

  /**
   * The limits of the supervisor.
   *
   * @param look the pause between two checks; before a next attempt, one more for each failed one
   * @param attempts starts of one part within {@code window}
   * @param window the time after which an attempt no longer counts
   * @param patience how long one attempt may take; recovery reads what was written since the last
   *     checkpoint
   */
  record Limits(Duration look, int attempts, Duration window, Duration patience) {

    static final Limits USUAL =
        new Limits(Duration.ofMillis(500), 5, Duration.ofMinutes(10), Duration.ofSeconds(90));
  }

  private record Watched(EmbeddedPart part, Deque<Long> attempts) {}

  @Override
  public synchronized void start() {
    stop = new CountDownLatch(1);
    Thread fresh = new Thread(this::watch, "gatehouse-supervisor");
    fresh.setDaemon(true);
    fresh.start();
    thread = fresh;
  }

  private void watch() {
    try {
      while (!stop.await(limits.look().toMillis(), TimeUnit.MILLISECONDS)) {
        for (Watched watched : parts) {
          if (!watched.part().running().getAsBoolean() && !revive(watched)) {
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      LOG.error("The embedded parts cannot be watched", e);
      givingUp.accept("its embedded parts are no longer watched.");
    }
  }

  /** Whether to continue after an attempt to restart the part. */
  private boolean revive(Watched watched) throws InterruptedException {
    String name = watched.part().name();
    if (attemptsBefore(watched) >= limits.attempts()) {
      givingUp.accept(
          "the embedded %s ended, and %d attempts to start it again within %d minutes have failed."
              .formatted(name, limits.attempts(), limits.window().toMinutes()));
      return false;
    }
    watched.attempts().add(System.nanoTime());
    LOG.error("The embedded {} has ended by itself and is started again", name);
    try {
      inTime(watched.part().restart());
      LOG.warn("The embedded {} runs again", name);
      return true;
    } catch (TimeoutException e) {
      givingUp.accept(
          "the embedded %s ended and did not run again within %d s."
              .formatted(name, limits.patience().toSeconds()));
      return false;
    } catch (ExecutionException e) {
      LOG.error("The embedded {} could not be started: {}", name, String.valueOf(e.getCause()));
      return !stop.await(
          limits.look().toMillis() * watched.attempts().size(), TimeUnit.MILLISECONDS);
    }
  }

  private int attemptsBefore(Watched watched) {
    long oldest = System.nanoTime() - limits.window().toNanos();
    watched.attempts().removeIf(attempt -> attempt - oldest < 0);
    return watched.attempts().size();
  }

  /**
   * Runs a restart with a time limit, in its own thread, because a hanging start cannot be stopped.
   */
  private void inTime(EmbeddedPart.Restart restart)
      throws InterruptedException, TimeoutException, ExecutionException {
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              restart.run();
              return null;
            });
    Thread starter = new Thread(task, "gatehouse-restart");
    starter.setDaemon(true);
    starter.start();
    try {
      task.get(limits.patience().toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      task.cancel(true);
    }
  }

  @Override
  public synchronized void stop() {
    stop.countDown();
    Thread running = thread;
    thread = null;
    if (running != null) {
      running.interrupt();
      try {
        running.join(STOP_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }
}
