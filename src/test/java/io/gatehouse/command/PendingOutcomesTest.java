package io.gatehouse.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.scim.ResourceType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What the send of a command has taken is missing from the wait for its outcome. */
class PendingOutcomesTest {

  private static final Duration TIMEOUT = Duration.ofHours(1);

  private final AtomicLong nanos = new AtomicLong(-5);
  private final PendingOutcomes unit =
      new PendingOutcomes(
          new FairShares(new FairShares.Size(8, 4, Duration.ZERO), nanos::get),
          TIMEOUT,
          nanos::get);
  private final Envelope envelope =
      new Envelope(
          CommandId.next(Instant.EPOCH),
          new Caller(new UUID(1, 1), "acme", new UUID(2, 2), "standard"),
          new Command.Delete(ResourceType.USER, new UUID(3, 3), null),
          new Envelope.Trace("here", Instant.EPOCH, "fingerprint", List.of()));

  @Test
  void waitsNoLongerAfterASendThatTookTheWholeTime() {
    unit.take(envelope).orElseThrow();
    nanos.addAndGet(TIMEOUT.toNanos());

    assertThat(CompletableFuture.supplyAsync(() -> unit.await(envelope.id())))
        .succeedsWithin(Duration.ofMinutes(1))
        .isEqualTo(Optional.empty());
  }

  @Test
  void returnsTheOutcomeThatCameDuringASlowSend() {
    unit.take(envelope).orElseThrow();
    nanos.addAndGet(TIMEOUT.toNanos() * 2);
    Outcome outcome = new Outcome.Deleted(new UUID(3, 3));
    unit.wake(envelope.id(), outcome);

    assertThat(unit.await(envelope.id())).contains(outcome);
  }
}
