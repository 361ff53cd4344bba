package io.gatehouse.delivery.webhook;

import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.support.FakeUnitOfWork;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The deliveries of all endpoints in memory. Each belongs to one sender from being taken on. */
final class FakeDeliveries implements PendingDeliveries, DeliveryAttempts {

  /** An event that an endpoint does not have yet. */
  private record Row(Endpoint endpoint, PendingDelivery.Place place, int failures, Instant due) {}

  private final FakeUnitOfWork unit;
  private final Map<Long, Announcement> changes = new HashMap<>();
  private final Deque<Page> pages = new ArrayDeque<>();
  private final Map<PendingDelivery.Place, Row> rows = new HashMap<>();
  private final Set<PendingDelivery.Place> lent = new HashSet<>();
  private final Set<Endpoint> struggling = new HashSet<>();

  private int room = Integer.MAX_VALUE;

  final List<Load> loads = new ArrayList<>();
  final List<String> outcomes = new ArrayList<>();

  FakeDeliveries(FakeUnitOfWork unit) {
    this.unit = unit;
    unit.over(
        () -> {
          List<Page> pagesBefore = List.copyOf(pages);
          Map<PendingDelivery.Place, Row> rowsBefore = Map.copyOf(rows);
          return () -> {
            pages.clear();
            pages.addAll(pagesBefore);
            rows.clear();
            rows.putAll(rowsBefore);
          };
        });
  }

  synchronized void announce(Endpoint endpoint, List<Announcement> page) {
    page.forEach(it -> changes.put(it.sequence(), it));
    pages.add(new Page(endpoint, page));
  }

  /** Once, the store takes so many events of a page, and no more. */
  synchronized void failAfter(int events) {
    room = events;
  }

  /** The last attempt at this endpoint has failed. */
  synchronized void struggles(Endpoint endpoint) {
    struggling.add(endpoint);
  }

  /** When the only event that waits is due. */
  synchronized Instant due() {
    if (rows.size() != 1) {
      throw new IllegalStateException(rows.size() + " events wait");
    }
    return rows.values().iterator().next().due();
  }

  synchronized int waiting() {
    return rows.size();
  }

  @Override
  public synchronized boolean isAnybodyServed() {
    return !pages.isEmpty() || !rows.isEmpty();
  }

  @Override
  public synchronized Optional<Page> nextPage() {
    unit.require();
    return Optional.ofNullable(pages.poll());
  }

  @Override
  public synchronized void plan(Page page, List<Planned> events, Instant now) {
    unit.require();
    for (Planned it : events) {
      if (room-- == 0) {
        room = Integer.MAX_VALUE;
        throw new IllegalStateException("the disk is full");
      }
      var place = new PendingDelivery.Place(it.sequence(), it.part(), it.event());
      rows.put(place, new Row(page.endpoint(), place, 0, now));
    }
  }

  @Override
  public synchronized List<PendingDelivery> take(Load load, Instant now) {
    loads.add(load);
    List<PendingDelivery> taken =
        rows.values().stream()
            .filter(it -> struggling.contains(it.endpoint()) == load.struggling())
            .filter(it -> !it.due().isAfter(now) && !lent.contains(it.place()))
            .sorted((a, b) -> Long.compare(a.place().change(), b.place().change()))
            .limit(load.limit())
            .map(
                it ->
                    new PendingDelivery(
                        it.endpoint(), it.place(), it.failures(), changes.get(it.place().change())))
            .toList();
    lent.addAll(taken.stream().map(PendingDelivery::place).collect(Collectors.toSet()));
    return taken;
  }

  @Override
  public synchronized void delivered(DeliveryAttempt attempt) {
    rows.remove(attempt.delivery().place());
    struggling.remove(attempt.delivery().endpoint());
    outcomes.add("delivered " + attempt.delivery().place().change());
  }

  @Override
  public synchronized void failed(DeliveryAttempt attempt, Instant again) {
    PendingDelivery delivery = attempt.delivery();
    lent.remove(delivery.place());
    struggling.add(delivery.endpoint());
    rows.put(
        delivery.place(),
        new Row(delivery.endpoint(), delivery.place(), delivery.failures() + 1, again));
    outcomes.add("failed " + delivery.place().change());
  }

  @Override
  public synchronized void stopped(DeliveryAttempt attempt, String why) {
    outcomes.add("stopped " + attempt.delivery().place().change() + ": " + why);
  }

  @Override
  public List<Entry> of(Endpoint endpoint, Long before, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void forget() {
    throw new UnsupportedOperationException();
  }
}
