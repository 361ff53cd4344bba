package io.gatehouse.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.broker.BrokerUnavailableException;
import io.gatehouse.broker.QueueBacklogs.Backlog;
import io.gatehouse.delivery.queue.QueueDepths.Standing;
import io.gatehouse.directory.Backlogs;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.SettableClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits, as metrics. */
class BacklogGaugesTest implements Backlogs {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final SettableClock clock = new SettableClock();
  private boolean databaseIsDown;
  private boolean brokerIsDown;
  private final BacklogGauges unit = new BacklogGauges(this, this::queues, clock);

  @BeforeEach
  void bind() {
    clock.set(NOW);
    unit.bindTo(registry);
  }

  @Test
  void showWhatWaitsAndHowLong() {
    unit.sample();
    unit.seen(
        List.of(
            new Standing(7, 0, Duration.ofSeconds(90), 2),
            new Standing(30, 1, Duration.ofSeconds(5), 0)));

    assertThat(value("gatehouse.change.oldest")).isEqualTo(61);
    assertThat(value("gatehouse.inbox.waiting")).isEqualTo(12);
    assertThat(value("gatehouse.inbox.oldest")).isZero();
    assertThat(value("gatehouse.command.parked")).isEqualTo(3);
    assertThat(value("gatehouse.lifecycle.brakes")).isEqualTo(1);
    assertThat(value("gatehouse.delivery.lagging")).isEqualTo(2);
    assertThat(value("gatehouse.delivery.endpoints.disabled")).isEqualTo(4);
    assertThat(value("gatehouse.delivery.endpoints.failing")).isEqualTo(6);
    assertThat(value("gatehouse.lifecycle.erasures.due")).isEqualTo(5);
    assertThat(value("gatehouse.lifecycle.erasures.overdue")).isEqualTo(3_600);
    assertThat(value("gatehouse.command.queued")).isEqualTo(8);
    assertThat(value("gatehouse.command.oldest")).isEqualTo(1.5);
    assertThat(value("gatehouse.command.unreadable")).isEqualTo(1);
    assertThat(value("gatehouse.inbox.queued")).isZero();
    assertThat(value("gatehouse.delivery.unread")).isEqualTo(37);
    assertThat(value("gatehouse.delivery.longest")).isEqualTo(30);
    assertThat(value("gatehouse.delivery.oldest")).isEqualTo(90);
    assertThat(value("gatehouse.delivery.dead.letters")).isEqualTo(2);
  }

  @Test
  void areUnknownWhileThePartDoesNotAnswer() {
    unit.sample();
    databaseIsDown = true;
    unit.sample();

    assertThat(value("gatehouse.command.parked")).isNaN();
    assertThat(value("gatehouse.command.queued")).isEqualTo(8);

    databaseIsDown = false;
    brokerIsDown = true;
    unit.sample();

    assertThat(value("gatehouse.command.parked")).isEqualTo(3);
    assertThat(value("gatehouse.command.queued")).isNaN();
  }

  @Test
  void areUnknownWhenTheQueuesOfSubscribersWereNotSeenForTwoMinutes() {
    assertThat(value("gatehouse.delivery.unread")).isNaN();
    unit.seen(List.of(new Standing(7, 0, Duration.ZERO, 0)));
    assertThat(value("gatehouse.delivery.unread")).isEqualTo(7);

    clock.set(NOW.plusSeconds(121));

    assertThat(value("gatehouse.delivery.unread")).isNaN();
  }

  @Test
  void areReadFromTheDatabaseAndTheBroker() {
    io.gatehouse.support.Gateway gateway = io.gatehouse.support.Gateway.shared();
    ScimClient idp = gateway.connection("okta");
    UUID leaver = idp.create(ScimClient.user("overdue@example.com")).id();
    gateway.sql(
        "update person set active = false, purge_after = now() + interval '5 minutes' where id = ?",
        leaver);
    Backlogs backlogs = gateway.bean(Backlogs.class);
    long before = backlogs.whole().overdue().erasures();

    gateway.sql(
        "update person set purge_after = now() - interval '5 minutes' where id = ?", leaver);
    Backlogs.Overdue overdue = backlogs.whole().overdue();
    gateway.sql("update person set held_at = now() where id = ?", leaver);

    assertThat(overdue.erasures()).isEqualTo(before + 1);
    assertThat(overdue.oldestErasure()).isBefore(Instant.now().minusSeconds(200));
    assertThat(backlogs.whole().overdue().erasures()).as("held").isEqualTo(before);
    assertThat(backlogs.whole().gateway())
        .usingRecursiveComparison()
        .ignoringFields("unannounced", "signals", "oldestSignal")
        .isEqualTo(backlogs.gateway(null));
    MeterRegistry metrics = gateway.bean(MeterRegistry.class);
    gateway.bean(BacklogGauges.class).sample();
    assertThat(metrics.get("gatehouse.command.queued").gauge().value()).isNotNegative();
    assertThat(metrics.get("gatehouse.command.parked").gauge().value()).isNotNegative();
  }

  private double value(String name) {
    return registry.get(name).gauge().value();
  }

  private Map<String, Backlog> queues() {
    if (brokerIsDown) {
      throw new BrokerUnavailableException("away", null);
    }
    return Map.of(
        "commands", new Backlog(8, Duration.ofMillis(1_500)),
        "gatehouse.dead", new Backlog(1, Duration.ofDays(1)));
  }

  @Override
  public Gateway gateway(Set<UUID> tenants) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Whole whole() {
    if (databaseIsDown) {
      throw new StoreUnavailableException("away", null);
    }
    return new Whole(
        new Gateway(NOW.minusSeconds(61), 12, null, 3, 1, 2, 4),
        new Overdue(5, NOW.minusSeconds(3_600), 6));
  }

  @Override
  public Tenant tenant(UUID tenant) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Contact> contacts(UUID tenant) {
    throw new UnsupportedOperationException();
  }
}
