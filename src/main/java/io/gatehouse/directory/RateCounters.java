package io.gatehouse.directory;

import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Counts in memory what this instance accepts, applies and announces, and stores each minute after
 * its end. Counting costs no call of a database.
 */
public final class RateCounters {

  /** After the end of a minute, until its last count has surely come. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** While the database is unavailable, so many minutes of tenants are kept at most. */
  private static final int MAX_CELLS = 2_000;

  private final Map<Key, Cell> cells = new ConcurrentHashMap<>();
  private final Rates rates;
  private final Clock clock;
  private final Observer observer;

  /** Counts without an observer. */
  public RateCounters(Rates rates, Clock clock) {
    this(rates, clock, new Observer() {});
  }

  public RateCounters(Rates rates, Clock clock, Observer observer) {
    this.rates = rates;
    this.clock = clock;
    this.observer = observer;
  }

  /** Receives each latency. */
  public interface Observer {
    /** A command has its outcome. */
    default void applied(boolean refused, Duration since) {}

    /** A change is announced. */
    default void announced(Duration since) {}
  }

  private record Key(String tenant, Instant minute) {}

  private static final class Cell {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder applied = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder events = new LongAdder();
    private final AtomicLongArray apply = new AtomicLongArray(LatencyBuckets.COUNT);
    private final AtomicLongArray event = new AtomicLongArray(LatencyBuckets.COUNT);

    RateMinute of(Key key) {
      return new RateMinute(
          key.tenant(),
          key.minute(),
          accepted.sum(),
          applied.sum(),
          refused.sum(),
          events.sum(),
          counts(apply),
          counts(event));
    }

    /** Without the empty buckets at the end. */
    private static List<Long> counts(AtomicLongArray buckets) {
      int size = buckets.length();
      while (size > 0 && buckets.get(size - 1) == 0) {
        size--;
      }
      List<Long> counts = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        counts.add(buckets.get(i));
      }
      return List.copyOf(counts);
    }
  }

  /** The broker has confirmed a command. */
  public void accepted(Envelope envelope) {
    if (!envelope.isProbe()) {
      count(envelope.caller().tenantSlug(), clock.instant(), it -> it.accepted.increment());
    }
  }

  /** Commands of any instance were applied here. */
  public void applied(List<Directory.Applied> applied) {
    Instant now = clock.instant();
    for (Directory.Applied one : applied) {
      if (!one.envelope().isProbe()) {
        Duration since = Duration.between(one.envelope().trace().acceptedAt(), now);
        int bucket = bucket(since);
        boolean refused = one.outcome() instanceof Outcome.Refused;
        observer.applied(refused, since);
        count(
            one.envelope().caller().tenantSlug(),
            now,
            it -> {
              (refused ? it.refused : it.applied).increment();
              it.apply.incrementAndGet(bucket);
            });
      }
    }
  }

  /** Changes of any instance were announced here. */
  public void announced(List<Announcement> changes) {
    Instant now = clock.instant();
    for (Announcement change : changes) {
      Duration since = Duration.between(change.subject().time(), now);
      int bucket = bucket(since);
      observer.announced(since);
      count(
          change.tenantSlug(),
          now,
          it -> {
            it.events.increment();
            it.event.incrementAndGet(bucket);
          });
    }
  }

  private static int bucket(Duration since) {
    return LatencyBuckets.of(since.toMillis());
  }

  private void count(String tenant, Instant now, Consumer<Cell> step) {
    Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
    step.accept(cells.computeIfAbsent(new Key(RateMinute.GATEWAY, minute), it -> new Cell()));
    Key key = new Key(tenant, minute);
    if (cells.size() < MAX_CELLS || cells.containsKey(key)) {
      step.accept(cells.computeIfAbsent(key, it -> new Cell()));
    }
  }

  /** The minutes since a time that are not stored yet. */
  public List<RateMinute> unstored(String tenant, Instant from) {
    return cells.entrySet().stream()
        .filter(it -> it.getKey().tenant().equals(tenant) && !it.getKey().minute().isBefore(from))
        .map(it -> it.getValue().of(it.getKey()))
        .toList();
  }

  /** Stores the minutes that have ended; after a failure, the next call does. */
  public synchronized void store() {
    Instant end = clock.instant().minus(GRACE).truncatedTo(ChronoUnit.MINUTES);
    Map<Key, RateMinute> ended = new HashMap<>();
    cells.forEach(
        (key, cell) -> {
          if (key.minute().isBefore(end)) {
            ended.put(key, cell.of(key));
          }
        });
    if (!ended.isEmpty()) {
      rates.add(List.copyOf(ended.values()));
      ended.keySet().forEach(cells::remove);
    }
  }
}
