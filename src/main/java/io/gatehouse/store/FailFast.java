package io.gatehouse.store;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Guards database calls of callers that wait for seconds at most. Few run at once, so that threads
 * remain for others, and none runs for a moment after a failure. After that all calls are tried,
 * and the first success ends the outage. The half-open state of a circuit breaker would refuse
 * calls during its trial call, and they have no fallback.
 */
public final class FailFast {

  private static final long MOMENT = TimeUnit.SECONDS.toNanos(1);
  private static final int MOST_AT_ONCE = 50;

  private final Semaphore places = new Semaphore(MOST_AT_ONCE);
  private volatile boolean failed;
  private volatile long failedAt;

  /**
   * Runs the work.
   *
   * @throws StoreUnavailableException when it failed or was not tried
   */
  public <T> T run(Supplier<T> work) {
    if (!places.tryAcquire()) {
      throw new StoreUnavailableException("Too many calls wait for the database", null);
    }
    try {
      if (failed && System.nanoTime() - failedAt < MOMENT) {
        throw new StoreUnavailableException("The database was away a moment ago", null);
      }
      return tried(work);
    } finally {
      places.release();
    }
  }

  private <T> T tried(Supplier<T> work) {
    try {
      T result = work.get();
      failed = false;
      return result;
    } catch (RuntimeException e) {
      failedAt = System.nanoTime();
      failed = true;
      throw new StoreUnavailableException("The database gave no answer in time", e);
    }
  }
}
