package io.gatehouse.store;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * What somebody who waits for seconds at most needs of the database: few do it at once, so that
 * threads remain for others, and nobody for a moment after it failed.
 */
public final class FailFast {

  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final int MOST_AT_ONCE = 50;

  private final OutageMemory outageMemory = new OutageMemory(MOMENT);
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  /**
   * Does it.
   *
   * @throws StoreUnavailableException when it failed, or was not even tried
   */
  public <T> T run(Supplier<T> work) {
    if (!places.tryAcquire()) {
      throw new StoreUnavailableException("Too many calls wait for the database", null);
    }
    try {
      if (outageMemory.lasts()) {
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
      outageMemory.end();
      return result;
    } catch (RuntimeException e) {
      outageMemory.begin();
      throw new StoreUnavailableException("The database gave no answer in time", e);
    }
  }
}
