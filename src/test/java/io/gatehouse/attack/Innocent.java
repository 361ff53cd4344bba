package io.gatehouse.attack;

import io.gatehouse.support.ScimClient;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Another tenant, whose IdP creates five users a second whatever the answers are. */
final class Innocent implements AutoCloseable {

  private static final long EVERY_MILLIS = 200;
  private static final int CLIENTS = 200;
  private static final long SOON_MILLIS = 1_000;

  /** A call: when it was due and how long its answer took from then on. */
  private record Call(long due, long millis, boolean created) {}

  /**
   * What the calls of a time looked like.
   *
   * @param p50 milliseconds from the moment at which the call was due
   */
  record Figures(int calls, long p50, long p99, long failed) {}

  private final ScimClient idp;
  private final ScheduledExecutorService clients = Executors.newScheduledThreadPool(CLIENTS);
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  Innocent(ScimClient idp) {
    this.idp = idp;
    for (int slot = 0; slot < CLIENTS; slot++) {
      clients.scheduleAtFixedRate(
          this::create, slot * EVERY_MILLIS, CLIENTS * EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void create() {
    long due = System.nanoTime();
    boolean created = false;
    try {
      created = idp.create(ScimClient.user(UUID.randomUUID() + "@example.com")).status() == 201;
    } catch (RuntimeException e) {
      // no answer, which counts as a failure
    }
    calls.add(new Call(due, millis(System.nanoTime() - due), created));
  }

  /** The calls that were due between two moments of {@link System#nanoTime}. */
  Figures between(long from, long until) {
    List<Call> some = calls.stream().filter(it -> it.due >= from && it.due < until).toList();
    List<Long> times = some.stream().map(Call::millis).sorted().toList();
    return new Figures(
        some.size(),
        rank(times, 50),
        rank(times, 99),
        some.stream().filter(it -> !it.created).count());
  }

  private static long rank(List<Long> sorted, int percent) {
    return sorted.isEmpty() ? -1 : sorted.get((sorted.size() - 1) * percent / 100);
  }

  /** Milliseconds from a moment to the first call after it that is served soon; -1 if none is. */
  long recoveredAfter(long moment) {
    return calls.stream()
        .filter(it -> it.due >= moment && it.created && it.millis < SOON_MILLIS)
        .mapToLong(it -> millis(it.due - moment))
        .min()
        .orElse(-1);
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  @Override
  public void close() {
    clients.shutdownNow();
  }
}
