package io.gatehouse.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * The places for calls of one kind on this instance, shared by tenants and, inside a tenant, by its
 * connections.
 *
 * <p>A tenant that is alone may hold all places but a quarter, which is kept for the first calls of
 * others. While another tenant has asked lately, it may hold a half, and a quarter once it has used
 * more than that on average: a tenant that has used much time waits before others do. The same
 * holds for the connections of one tenant, at half the number. A call that finds no place waits for
 * one; a free place goes to the tenant that holds fewest.
 */
public final class FairShares {

  private static final int RESERVE = 4;
  private static final int MAX_TENANTS = 10_000;

  private final Size size;
  private final LongSupplier nanos;
  private final Map<UUID, TenantShare> tenants = new HashMap<>();
  private final List<Ticket> waiting = new ArrayList<>();
  private final RecentTenants recentTenants = new RecentTenants();
  private int held;

  /**
   * How much there is.
   *
   * @param places calls that run at once
   * @param waiting calls that wait for a place; beyond that, the newest one of the tenant with most
   *     of them is refused
   * @param patience how long a call waits for a place
   */
  public record Size(int places, int waiting, Duration patience) {}

  /**
   * Nobody is there yet.
   *
   * @param nanos a clock that is never set back, as {@link System#nanoTime}
   */
  public FairShares(Size size, LongSupplier nanos) {
    this.size = size;
    this.nanos = nanos;
  }

  /**
   * Takes a place, and waits for it if need be.
   *
   * @param urgent whether the call goes before others of its tenant, and may use half of what is
   *     kept for others
   * @return empty when there was none in time
   */
  public Optional<Place> take(Caller caller, boolean urgent) {
    Ticket ticket;
    synchronized (this) {
      long now = nanos.getAsLong();
      TenantShare tenant = tenants.computeIfAbsent(caller.tenant(), it -> new TenantShare());
      UUID connection = caller.isConnection() ? caller.requireConnection() : caller.tenant();
      recentTenants.asked(caller.tenant(), now);
      tenant.connections().asked(connection, now);
      ticket = new Ticket(caller.tenant(), connection, tenant, urgent, new CompletableFuture<>());
      waiting.add(ticket);
      admit(now);
      if (waiting.size() > size.waiting()) {
        refuse(mostCrowded());
      }
    }
    return isAdmitted(ticket) ? Optional.of(new Place(ticket)) : Optional.empty();
  }

  /** How many calls hold a place. */
  public synchronized int count() {
    return held;
  }

  /** How many calls wait for a place. */
  synchronized int waiting() {
    return waiting.size();
  }

  private boolean isAdmitted(Ticket ticket) {
    try {
      return ticket.decision.get(size.patience().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return refuse(ticket);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refuse(ticket);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives up waiting, if that has not ended already; says whether there is a place after all. */
  private synchronized boolean refuse(Ticket ticket) {
    waiting.remove(ticket);
    ticket.decision.complete(false);
    return ticket.decision.join();
  }

  private synchronized void release(Ticket ticket, long since) {
    long now = nanos.getAsLong();
    held--;
    ticket.tenant.give(ticket.connection, now - since, now);
    admit(now);
    if (tenants.size() > MAX_TENANTS) {
      tenants
          .values()
          .removeIf(
              it -> it.held() == 0 && waiting.stream().noneMatch(other -> other.tenant == it));
    }
  }

  /** Gives away all places that somebody may have. */
  private void admit(long now) {
    Optional<Ticket> next = next(now);
    while (next.isPresent()) {
      Ticket ticket = next.get();
      waiting.remove(ticket);
      held++;
      ticket.tenant.take(ticket.connection);
      ticket.decision.complete(true);
      next = next(now);
    }
  }

  private Optional<Ticket> next(long now) {
    return waiting.stream()
        .filter(it -> fits(it, now))
        .min(
            Comparator.<Ticket>comparingInt(it -> it.tenant.held())
                .thenComparing(it -> !it.urgent)
                .thenComparingDouble(it -> it.tenant.busy(now)));
  }

  private boolean fits(Ticket ticket, long now) {
    int reserve = size.places() / RESERVE;
    TenantShare tenant = ticket.tenant;
    if (held >= size.places()) {
      return false;
    }
    if (ticket.urgent) {
      return tenant.held() < size.places() - reserve / 2;
    }
    int part = part(ticket, now);
    boolean sharing = tenant.connections().others(ticket.connection, now);
    return tenant.held() < part
        && (tenant.held() < reserve || held < size.places() - reserve)
        && (!sharing || tenant.of(ticket.connection) < Math.max(1, part / 2));
  }

  /** How many places a tenant may hold. */
  private int part(Ticket ticket, long now) {
    if (!recentTenants.others(ticket.id, now)) {
      return size.places();
    }
    boolean heavy = ticket.tenant.busy(now) > size.places() / (double) RESERVE;
    return Math.max(1, size.places() / (heavy ? RESERVE : 2));
  }

  /** The newest one that waits of the tenant of whom most wait. */
  private Ticket mostCrowded() {
    Map<UUID, Integer> crowd = new HashMap<>();
    waiting.forEach(it -> crowd.merge(it.id, 1, Integer::sum));
    Ticket newest = waiting.get(waiting.size() - 1);
    for (Ticket ticket : waiting) {
      if (crowd.getOrDefault(ticket.id, 0) >= crowd.getOrDefault(newest.id, 0)) {
        newest = ticket;
      }
    }
    return newest;
  }

  /** A call that asks for a place; it is decided once. */
  private record Ticket(
      UUID id,
      UUID connection,
      TenantShare tenant,
      boolean urgent,
      CompletableFuture<Boolean> decision) {

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /** A place, given back when closed. */
  public final class Place implements AutoCloseable {

    private final Ticket ticket;
    private final long since = nanos.getAsLong();
    private boolean closed;

    private Place(Ticket ticket) {
      this.ticket = ticket;
    }

    @Override
    public void close() {
      synchronized (FairShares.this) {
        if (!closed) {
          closed = true;
          release(ticket, since);
        }
      }
    }
  }
}
