package io.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SupervisorTest {

  private static final Supervisor.Limits QUICK =
      new Supervisor.Limits(
          Duration.ofMillis(5), 3, Duration.ofMinutes(10), Duration.ofMillis(500));

  private final AtomicBoolean running = new AtomicBoolean(true);
  private final AtomicInteger starts = new AtomicInteger();
  private final Queue<String> reasons = new ConcurrentLinkedQueue<>();
  private Supervisor supervisor;

  @AfterEach
  void stop() {
    supervisor.stop();
  }

  private void supervise(Supervisor.Limits limits, EmbeddedPart.Restart restart) {
    EmbeddedPart part =
        new EmbeddedPart(
            "broker",
            running::get,
            () -> {
              starts.incrementAndGet();
              restart.run();
            });
    supervisor = new Supervisor(List.of(part), limits, reasons::add);
    supervisor.start();
  }

  @Test
  void startsAgainWhatHasEnded() {
    supervise(QUICK, () -> running.set(true));

    running.set(false);

    await().untilAtomic(starts, is(1));
    assertThat(reasons).isEmpty();
  }

  @Test
  void triesAgainWhenAStartFails() {
    supervise(
        QUICK,
        () -> {
          if (starts.get() < 3) {
            throw new IOException("not yet");
          }
          running.set(true);
        });

    running.set(false);

    await().untilTrue(running);
    assertThat(reasons).isEmpty();
  }

  @Test
  void givesUpAfterThreeStartsThatFailed() {
    running.set(false);
    supervise(
        QUICK,
        () -> {
          throw new IOException("the disk is gone");
        });

    await().until(() -> !reasons.isEmpty());
    assertThat(starts).hasValue(3);
    assertThat(reasons)
        .containsExactly(
            "the embedded broker ended, and 3 attempts to start it again within 10 minutes have"
                + " failed.");
  }

  @Test
  void givesUpWhatEndsAgainAndAgain() {
    running.set(false);
    supervise(QUICK, () -> {});

    await().until(() -> !reasons.isEmpty());
    assertThat(starts).hasValue(3);
  }

  @Test
  void forgetsOldAttempts() {
    running.set(false);
    supervise(
        new Supervisor.Limits(
            Duration.ofMillis(5), 3, Duration.ofMillis(1), Duration.ofMillis(500)),
        () -> {});

    await().until(() -> starts.get() > 10);
    assertThat(reasons).isEmpty();
  }

  @Test
  void givesUpOnAStartThatHangs() {
    running.set(false);
    supervise(QUICK, () -> new CountDownLatch(1).await());

    await().until(() -> !reasons.isEmpty());
    assertThat(reasons.peek()).contains("did not run again within");
    assertThat(starts).hasValue(1);
  }
}
