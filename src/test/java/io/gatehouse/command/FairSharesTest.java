package io.gatehouse.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Eight places for tenants that want them all. */
class FairSharesTest {

  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final AtomicLong nanos = new AtomicLong(-5);
  private final Caller noisy = connection(UUID.randomUUID());
  private final Caller quiet = connection(UUID.randomUUID());

  @Test
  void leavesAQuarterToOthersWhenATenantIsAlone() {
    FairShares unit = shares(SHORT);

    assertThat(all(unit, noisy)).hasSize(6);
    assertThat(unit.take(quiet, false)).isPresent();
  }

  @Test
  void givesATenantAHalfWhileAnotherHasAskedLately() {
    FairShares unit = shares(SHORT);
    unit.take(quiet, false).orElseThrow().close();

    assertThat(all(unit, noisy)).hasSize(4);

    tick(Duration.ofSeconds(11));
    assertThat(all(unit, noisy)).as("more, when the other has gone").hasSize(2);
  }

  @Test
  void leavesAHalfToATenantThatHasAskedElsewhere() {
    FairShares unit = shares(SHORT);
    unit.asked(quiet);

    assertThat(all(unit, noisy)).hasSize(4);
  }

  @Test
  void givesAQuarterToATenantThatHasUsedMoreThanThatLately() {
    FairShares unit = shares(SHORT);
    List<FairShares.Place> used = all(unit, noisy);
    tick(Duration.ofSeconds(10));
    used.forEach(FairShares.Place::close);
    unit.take(quiet, false).orElseThrow().close();

    assertThat(all(unit, noisy)).hasSize(2);
    assertThat(all(unit, quiet)).hasSize(4);
  }

  @Test
  void forgetsWhatWasUsedLongAgo() {
    FairShares unit = shares(SHORT);
    List<FairShares.Place> used = all(unit, noisy);
    tick(Duration.ofSeconds(10));
    used.forEach(FairShares.Place::close);
    tick(Duration.ofMinutes(1));
    unit.take(quiet, false).orElseThrow().close();

    assertThat(all(unit, noisy)).hasSize(4);
  }

  @Test
  void givesAFreePlaceToTheTenantThatHoldsFewest() {
    FairShares unit = shares(LONG);
    List<FairShares.Place> places = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      places.add(unit.take(noisy, false).orElseThrow());
    }
    for (int i = 0; i < 4; i++) {
      places.add(unit.take(connection(UUID.randomUUID()), false).orElseThrow());
    }
    var first = later(unit, noisy);
    await().until(() -> unit.waiting() == 1);
    var second = later(unit, quiet);
    await().until(() -> unit.waiting() == 2);

    places.get(7).close();

    assertThat(second.join()).isPresent();
    assertThat(first).isNotDone();
    places.forEach(FairShares.Place::close);
    assertThat(first.join()).isPresent();
  }

  @Test
  void letsWhatIsUrgentGoBeyondTheShareOfItsTenantButNotUseUpEverything() {
    FairShares unit = shares(SHORT);
    unit.take(quiet, false).orElseThrow().close();
    all(unit, noisy);

    assertThat(unit.take(noisy, false)).isEmpty();
    for (int i = 0; i < 3; i++) {
      assertThat(unit.take(noisy, true)).isPresent();
    }
    assertThat(unit.take(noisy, true)).isEmpty();
    assertThat(unit.take(quiet, false)).isPresent();
  }

  @Test
  void sharesWhatATenantHasAmongItsConnections() {
    FairShares unit = shares(SHORT);
    Caller other = connection(noisy.tenant());
    unit.take(other, false).orElseThrow().close();

    assertThat(all(unit, noisy)).hasSize(4);
    assertThat(unit.take(other, false)).isPresent();
  }

  @Test
  void refusesAtOnceTheNewestOfThoseOfWhomMostWait() {
    FairShares unit = shares(LONG);
    List<FairShares.Place> places = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      places.add(unit.take(noisy, false).orElseThrow());
    }
    places.add(unit.take(quiet, false).orElseThrow());
    places.add(unit.take(quiet, false).orElseThrow());
    List<CompletableFuture<Optional<FairShares.Place>>> crowd = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      crowd.add(later(unit, noisy));
      int waiting = i;
      await().until(() -> unit.waiting() == waiting);
    }

    var late = later(unit, quiet);

    assertThat(crowd.get(3).join()).as("the newest of the crowd").isEmpty();
    assertThat(late).isNotDone();
    assertThat(unit.take(noisy, false)).as("one more of the crowd").isEmpty();
    places.forEach(FairShares.Place::close);
    assertThat(late.join()).isPresent();
    assertThat(crowd.get(0).join()).isPresent();
  }

  @Test
  void takesAPlaceBackOnce() {
    FairShares unit = shares(SHORT);
    FairShares.Place place = unit.take(noisy, false).orElseThrow();
    unit.take(noisy, false).orElseThrow();

    place.close();
    place.close();

    assertThat(unit.count()).isEqualTo(1);
  }

  private FairShares shares(Duration patience) {
    return new FairShares(new FairShares.Size(8, 4, patience), nanos::get);
  }

  private void tick(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static List<FairShares.Place> all(FairShares unit, Caller caller) {
    List<FairShares.Place> places = new ArrayList<>();
    for (var next = unit.take(caller, false); next.isPresent(); next = unit.take(caller, false)) {
      places.add(next.get());
    }
    return places;
  }

  private static CompletableFuture<Optional<FairShares.Place>> later(
      FairShares unit, Caller caller) {
    CompletableFuture<Optional<FairShares.Place>> place = new CompletableFuture<>();
    Thread thread = new Thread(() -> place.complete(unit.take(caller, false)));
    thread.setDaemon(true);
    thread.start();
    return place;
  }

  private static Caller connection(UUID tenant) {
    return new Caller(tenant, "acme", UUID.randomUUID(), "okta");
  }
}
