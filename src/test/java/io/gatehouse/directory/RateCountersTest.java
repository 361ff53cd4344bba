package io.gatehouse.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.LifecycleAction;
import io.gatehouse.command.Outcome;
import io.gatehouse.scim.ScimError;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.support.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is counted in a minute, and when it is stored. */
class RateCountersTest {

  private static final Instant MINUTE = Instant.parse("2026-11-28T03:20:00Z");

  private final SettableClock clock = new SettableClock();
  private final StoredRates stored = new StoredRates();
  private final RateCounters counters = new RateCounters(stored, clock);

  @BeforeEach
  void begin() {
    clock.set(MINUTE);
  }

  private static final class StoredRates implements Rates {
    private final List<RateMinute> minutes = new ArrayList<>();
    private boolean away;

    @Override
    public void add(List<RateMinute> more) {
      if (away) {
        throw new StoreUnavailableException("away", null);
      }
      minutes.addAll(more);
    }

    @Override
    public List<RateMinute> since(String tenant, Instant from) {
      return minutes;
    }

    @Override
    public void forget() {}
  }

  private Envelope envelope(Command command) {
    return new Envelope(
        CommandId.next(MINUTE),
        new Caller(new UUID(1, 1), "acme", null, "admin"),
        command,
        new Envelope.Trace("me", MINUTE, "f", List.of()));
  }

  private Envelope enrolment() {
    return envelope(new Command.Lifecycle(new UUID(2, 2), LifecycleAction.ENROL));
  }

  @Test
  void countsOfTheTenantAndOfTheGatewayButNoProbes() {
    counters.accepted(enrolment());
    counters.accepted(envelope(new Command.Probe(new UUID(3, 3))));
    clock.set(MINUTE.plusMillis(40));
    counters.applied(
        List.of(
            new Directory.Applied(enrolment(), new Outcome.Deleted(new UUID(2, 2))),
            new Directory.Applied(enrolment(), new Outcome.Refused(ScimError.notFound("gone")))));

    for (String tenant : new String[] {"acme", RateMinute.GATEWAY}) {
      RateMinute minute = counters.unstored(tenant, MINUTE).get(0);
      assertThat(minute.minute()).isEqualTo(MINUTE);
      assertThat(minute.accepted()).isEqualTo(1);
      assertThat(minute.applied()).isEqualTo(1);
      assertThat(minute.refused()).isEqualTo(1);
      assertThat(LatencyBuckets.percentile(minute.apply(), 50)).isBetween(40L, 48L);
    }
    assertThat(counters.unstored("other", MINUTE)).isEmpty();
  }

  @Test
  void storesAMinuteAfterItsEndAndAgainAfterAFailure() {
    counters.accepted(enrolment());
    clock.set(MINUTE.plusSeconds(63));
    counters.store();
    assertThat(stored.minutes).isEmpty();

    clock.set(MINUTE.plusSeconds(66));
    stored.away = true;
    assertThatThrownBy(counters::store).isInstanceOf(StoreUnavailableException.class);
    stored.away = false;
    counters.store();
    counters.store();

    assertThat(stored.minutes).extracting(RateMinute::tenant).containsExactlyInAnyOrder("", "acme");
    assertThat(counters.unstored("acme", MINUTE)).isEmpty();
  }

  @Test
  void addsLatenciesOfSeveralMinutes() {
    RateMinute quick = minute(0, 0, 8L);
    RateMinute slow = minute(2L);

    RateMinute both = quick.plus(slow);

    assertThat(both.apply()).containsExactly(2L, 0L, 8L);
    assertThat(LatencyBuckets.percentile(both.apply(), 20)).isEqualTo(1);
    assertThat(LatencyBuckets.percentile(both.apply(), 21)).isEqualTo(1);
    assertThat(LatencyBuckets.percentile(List.of(), 95)).isZero();
  }

  @Test
  void givesLatenciesToAFifth() {
    for (long millis : new long[] {2, 7, 100, 1_234, Duration.ofHours(2).toMillis()}) {
      List<Long> counts = new ArrayList<>();
      for (int i = 0; i <= LatencyBuckets.of(millis); i++) {
        counts.add(i == LatencyBuckets.of(millis) ? 1L : 0L);
      }
      assertThat(LatencyBuckets.percentile(counts, 95))
          .isBetween(millis, Math.round(millis * 1.2) + 1);
    }
  }

  private static RateMinute minute(long... apply) {
    List<Long> counts = new ArrayList<>();
    for (long it : apply) {
      counts.add(it);
    }
    return new RateMinute("", MINUTE, 0, 0, 0, 0, counts, List.of());
  }
}
