package io.gatehouse.wiring;

import io.gatehouse.broker.BrokerTopology;
import io.gatehouse.broker.QueueBacklogs.Backlog;
import io.gatehouse.delivery.queue.QueueDepths.Standing;
import io.gatehouse.directory.Backlogs;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gauges of what waits in the database and in the broker, which all gateways of a database show
 * alike. They are sampled, so that a read of metrics never waits; NaN while the database or the
 * broker does not answer.
 */
final class BacklogGauges implements MeterBinder {

  private static final Logger LOG = LoggerFactory.getLogger(BacklogGauges.class);

  private static final String COMMANDS = "gatehouse.command.queued";
  private static final String OLDEST_COMMAND = "gatehouse.command.oldest";
  private static final String UNREADABLE = "gatehouse.command.unreadable";
  private static final String PARKED = "gatehouse.command.parked";
  private static final String OLDEST_CHANGE = "gatehouse.change.oldest";
  private static final String SIGNALS = "gatehouse.inbox.queued";
  private static final String WAITING_SIGNALS = "gatehouse.inbox.waiting";
  private static final String OLDEST_SIGNAL = "gatehouse.inbox.oldest";
  private static final String UNREAD = "gatehouse.delivery.unread";
  private static final String LONGEST = "gatehouse.delivery.longest";
  private static final String OLDEST_EVENT = "gatehouse.delivery.oldest";
  private static final String DEAD_LETTERS = "gatehouse.delivery.dead.letters";
  private static final String LAGGING = "gatehouse.delivery.lagging";
  private static final String DISABLED = "gatehouse.delivery.endpoints.disabled";
  private static final String FAILING = "gatehouse.delivery.endpoints.failing";
  private static final String BRAKES = "gatehouse.lifecycle.brakes";
  private static final String ERASURES = "gatehouse.lifecycle.erasures.due";
  private static final String OVERDUE = "gatehouse.lifecycle.erasures.overdue";

  private static final List<String> STORED =
      List.of(
          PARKED,
          OLDEST_CHANGE,
          WAITING_SIGNALS,
          OLDEST_SIGNAL,
          LAGGING,
          DISABLED,
          FAILING,
          BRAKES,
          ERASURES,
          OVERDUE);

  private static final List<String> QUEUED = List.of(COMMANDS, OLDEST_COMMAND, UNREADABLE, SIGNALS);

  /** Read by another timer, which keeps its results for as long as it may take. */
  private static final List<String> SEEN = List.of(UNREAD, LONGEST, OLDEST_EVENT, DEAD_LETTERS);

  private static final Duration LATEST = Duration.ofMinutes(2);
  private static final double MILLIS = 1_000;

  private final Map<String, Double> values = new ConcurrentHashMap<>();
  private final Backlogs backlogs;
  private final Supplier<Map<String, Backlog>> queues;
  private final Clock clock;
  private volatile Instant seenAt = Instant.MIN;

  BacklogGauges(Backlogs backlogs, Supplier<Map<String, Backlog>> queues, Clock clock) {
    this.backlogs = backlogs;
    this.queues = queues;
    this.clock = clock;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    count(registry, COMMANDS, "messages on the queue of commands");
    age(registry, OLDEST_COMMAND, "age of the first message on the queue of commands");
    count(registry, UNREADABLE, "messages that could not be read and are put aside");
    count(registry, PARKED, "commands that wait for an administrator");
    age(registry, OLDEST_CHANGE, "age of the oldest change that is not announced");
    count(registry, SIGNALS, "messages on the queue of signals");
    count(registry, WAITING_SIGNALS, "events of IdPs that are not turned into commands");
    age(registry, OLDEST_SIGNAL, "age of the oldest of these events");
    count(registry, UNREAD, "events on the queues of subscribers");
    count(registry, LONGEST, "events on the longest of these queues");
    age(registry, OLDEST_EVENT, "age of the oldest of these events");
    count(registry, DEAD_LETTERS, "events that subscribers could not process");
    count(registry, LAGGING, "subscriptions for which no events are kept");
    count(registry, DISABLED, "endpoints that are sent nothing");
    count(registry, FAILING, "endpoints whose last attempts failed");
    count(registry, BRAKES, "waves of leavers that wait for a decision");
    count(registry, ERASURES, "users whose erasure is due");
    age(registry, OVERDUE, "time since the oldest of these erasures was due");
  }

  private void count(MeterRegistry registry, String name, String description) {
    Gauge.builder(name, () -> value(name)).description(description).register(registry);
  }

  private void age(MeterRegistry registry, String name, String description) {
    Gauge.builder(name, () -> value(name))
        .description(description)
        .baseUnit("seconds")
        .register(registry);
  }

  private double value(String name) {
    boolean old = SEEN.contains(name) && seenAt.isBefore(clock.instant().minus(LATEST));
    return old ? Double.NaN : values.getOrDefault(name, Double.NaN);
  }

  /** Asks the database and the broker once. */
  void sample() {
    sample(STORED, this::stored);
    sample(QUEUED, this::queued);
  }

  private void sample(List<String> names, Runnable reading) {
    try {
      reading.run();
    } catch (RuntimeException e) {
      LOG.debug("What waits cannot be read now", e);
      names.forEach(values::remove);
    }
  }

  private void stored() {
    Backlogs.Whole whole = backlogs.whole();
    Backlogs.Gateway all = whole.gateway();
    Backlogs.Overdue overdue = whole.overdue();
    values.put(PARKED, (double) all.parked());
    values.put(OLDEST_CHANGE, age(all.unannounced()));
    values.put(WAITING_SIGNALS, (double) all.signals());
    values.put(OLDEST_SIGNAL, age(all.oldestSignal()));
    values.put(LAGGING, (double) all.lagging());
    values.put(DISABLED, (double) all.disabled());
    values.put(BRAKES, (double) all.brakes());
    values.put(FAILING, (double) overdue.failing());
    values.put(ERASURES, (double) overdue.erasures());
    values.put(OVERDUE, age(overdue.oldestErasure()));
  }

  private double age(@Nullable Instant since) {
    return since == null ? 0 : Math.max(0, Duration.between(since, clock.instant()).toSeconds());
  }

  private void queued() {
    Map<String, Backlog> all = queues.get();
    Backlog none = new Backlog(0, Duration.ZERO);
    Backlog commands = all.getOrDefault(BrokerTopology.COMMANDS, none);
    values.put(COMMANDS, (double) commands.messages());
    values.put(OLDEST_COMMAND, commands.oldest().toMillis() / MILLIS);
    values.put(SIGNALS, (double) all.getOrDefault(BrokerTopology.SIGNALS, none).messages());
    values.put(UNREADABLE, (double) all.getOrDefault(BrokerTopology.DEAD, none).messages());
  }

  /** Receives the backlogs of all subscribers, which are read by {@code delivery-watch}. */
  void seen(Collection<Standing> all) {
    values.put(UNREAD, (double) all.stream().mapToLong(Standing::messages).sum());
    values.put(LONGEST, (double) all.stream().mapToLong(Standing::messages).max().orElse(0));
    values.put(DEAD_LETTERS, (double) all.stream().mapToLong(Standing::failed).sum());
    long oldest = all.stream().mapToLong(it -> it.oldest().toMillis()).max().orElse(0);
    values.put(OLDEST_EVENT, oldest / MILLIS);
    seenAt = clock.instant();
  }
}
