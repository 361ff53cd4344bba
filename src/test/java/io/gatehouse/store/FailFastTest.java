package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
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
  void letsAllTryWhenTheMomentIsOver() throws Exception {
    assertThatThrownBy(() -> unit.run(this::failing));
    await().until(() -> succeeds(unit));
    assertThatThrownBy(() -> unit.run(this::failing));
    CountDownLatch answer = new CountDownLatch(1);
    ExecutorService callers = Executors.newCachedThreadPool();
    try {
      Future<Boolean> slow =
          callers.submit(
              () -> {
                await().until(() -> succeeds(unit, () -> answered(answer)));
                return true;
              });
      await().until(() -> calls.get() == 3);

      assertThat(succeeds(unit)).as("while another has no answer yet").isTrue();
      answer.countDown();
      assertThat(slow.get()).isTrue();
    } finally {
      callers.shutdownNow();
    }
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
    return succeeds(unit, () -> 1);
  }

  private static boolean succeeds(FailFast unit, Supplier<Integer> work) {
    try {
      return unit.run(work) > 0;
    } catch (StoreUnavailableException e) {
      return false;
    }
  }
}
