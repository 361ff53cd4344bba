package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A database that is away is asked by few, and not all the time. */
class FailFastTest {

  private final FailFast unit = new FailFast();
  private final AtomicInteger calls = new AtomicInteger();

  @Test
  void asksNobodyForAMomentAfterAFailure() {
    assertThatThrownBy(() -> unit.run(this::failing)).hasMessageContaining("no answer in time");

    assertThatThrownBy(() -> unit.run(calls::incrementAndGet))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("a moment ago");
    assertThat(calls).hasValue(1);
    await().until(() -> succeeds(unit));
    assertThat(succeeds(unit)).isTrue();
  }

  @Test
  void lets50WaitForTheDatabaseAndNoMore() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    ExecutorService callers = Executors.newCachedThreadPool();
    try {
      List<Future<Integer>> waiting = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        waiting.add(callers.submit(() -> unit.run(() -> answered(answer))));
      }
      await().until(() -> calls.get() == 50);

      assertThatThrownBy(() -> unit.run(() -> 1))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("Too many");
      answer.countDown();
      for (Future<Integer> one : waiting) {
        one.get();
      }
      assertThat(succeeds(unit)).isTrue();
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void isNotClosedForEverByAnAttemptThatEndsWithAnError() {
    assertThatThrownBy(() -> unit.run(this::failing));
    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> unit.run(FailFastTest::overflowing))
                    .isInstanceOf(StackOverflowError.class));

    await().until(() -> succeeds(unit));
  }

  @Test
  void letsOneTryWhenTheMomentIsOver() {
    CircuitBreaker breaker = OutageBreaker.of("test", Duration.ofMillis(50));
    assertThatThrownBy(() -> breaker.executeSupplier(this::failing));

    await().until(breaker::tryAcquirePermission);

    assertThat(breaker.tryAcquirePermission()).isFalse();
    breaker.releasePermission();
    assertThat(breaker.executeSupplier(() -> 1)).isEqualTo(1);
    assertThat(breaker.executeSupplier(() -> 2)).isEqualTo(2);
  }

  private int failing() {
    calls.incrementAndGet();
    throw new IllegalStateException("away");
  }

  private static int overflowing() {
    throw new StackOverflowError();
  }

  private int answered(CountDownLatch answer) {
    calls.incrementAndGet();
    try {
      answer.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 1;
  }

  private static boolean succeeds(FailFast unit) {
    try {
      return unit.run(() -> true);
    } catch (StoreUnavailableException e) {
      return false;
    }
  }
}
