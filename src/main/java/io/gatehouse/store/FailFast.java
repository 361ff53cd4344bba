package io.gatehouse.store;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What a caller who waits for seconds at most needs of the database: few do it at once, so that
 * threads remain for others, and nobody for a moment after it failed.
 */
public final class FailFast {

  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final int MOST_AT_ONCE = 50;

  private final CircuitBreaker breaker = OutageBreaker.of("database", MOMENT);
  private final Bulkhead places =
      Bulkhead.of(
          "database",
          BulkheadConfig.custom()
              .maxConcurrentCalls(MOST_AT_ONCE)
              .maxWaitDuration(Duration.ZERO)
              .build());

  /**
   * Does it.
   *
   * @throws StoreUnavailableException when it failed, or was not even tried
   */
  public <T> T run(Supplier<T> work) {
    try {
      return places.executeSupplier(() -> breaker.executeSupplier(work));
    } catch (BulkheadFullException e) {
      throw new StoreUnavailableException("Too many calls wait for the database", e);
    } catch (CallNotPermittedException e) {
      throw new StoreUnavailableException("The database was away a moment ago", e);
    } catch (RuntimeException e) {
      throw new StoreUnavailableException("The database gave no answer in time", e);
    }
  }
}
