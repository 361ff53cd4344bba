package io.gatehouse.camel.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A broker that is away is asked by one, and not all the time. */
class OutageBreakerTest {

  private final CircuitBreaker unit = OutageBreaker.of(Duration.ofMillis(200));

  @Test
  void refusesAllForAMomentAfterTheFirstFailure() {
    assertThat(unit.executeSupplier(() -> 1)).isEqualTo(1);
    fail();

    assertThatThrownBy(() -> unit.executeSupplier(() -> 2))
        .isInstanceOf(CallNotPermittedException.class);
    await()
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(unit.executeSupplier(() -> 3)).isEqualTo(3));
  }

  @Test
  void letsOneTryWhenTheMomentIsOver() {
    fail();

    await().until(unit::tryAcquirePermission);

    assertThat(unit.tryAcquirePermission()).isFalse();
    unit.onSuccess(0, unit.getTimestampUnit());
    assertThat(unit.tryAcquirePermission()).isTrue();
    assertThat(unit.tryAcquirePermission()).isTrue();
  }

  @Test
  void letsAnotherTryWhenTheEndOfAnAttemptIsNotHeardOf() {
    fail();
    await().until(unit::tryAcquirePermission);

    await().until(unit::tryAcquirePermission);
  }

  @Test
  void remembersNothingWhereEachCallTries() {
    CircuitBreaker none = OutageBreaker.none();
    none.onError(0, none.getTimestampUnit(), new IllegalStateException("away"));

    assertThat(none.tryAcquirePermission()).isTrue();
  }

  private void fail() {
    unit.onError(0, unit.getTimestampUnit(), new IllegalStateException("away"));
  }
}
