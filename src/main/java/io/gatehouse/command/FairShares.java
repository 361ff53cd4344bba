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
 * Limits the concurrent calls of one kind on this instance. Tenants share the places, and inside a
 * tenant its connections do.
 *
 * <p>A single active tenant may hold all places but a quarter, which is reserved for the first
 * calls of other tenants. While another tenant has asked within the last ten seconds, a tenant may
 * hold a half, and a quarter once its average use exceeds a quarter, wherever that other tenant has
 * asked as far as this instance knows. The same holds for the connections of one tenant, at half
 * the number. A call that finds no place waits for one; a free place goes to the tenant that holds
 * fewest.
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
   * The limits.
   *
   * @param places maximum number of calls that run at once
   * @param waiting maximum number of calls that wait for a place; beyond that, the newest waiting
   *     call of the tenant with most waiting calls is refused
   * @param patience how long a call waits for a place
   */
  public record Size(int places, int waiting, Duration patience) {}

  /**
   * Starts without calls.
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
   * @param urgent whether the call goes before other calls of its tenant, and may use half of the
   *     reserve for other tenants
   * @return empty when no place became free in time
   */
  public Optional<Place> take(Caller caller, boolean urgent) {
    Ticket ticket;
    synchronized (this) {
      long now = nanos.getAsLong();
      ticket = new Ticket(caller, asked(caller, now), urgent);
      waiting.add(ticket);
      admit(now);
      if (waiting.size() > size.waiting()) {
        refuse(mostCrowded());
      }
    }
    return isAdmitted(ticket) ? Optional.of(new Place(ticket)) : Optional.empty();
  }

  /** Counts a call that asks for a place of another instance: others leave its part free here. */
  public synchronized void asked(Caller caller) {
    asked(caller, nanos.getAsLong());
    forgetIdle();
  }

  private TenantShare asked(Caller caller, long now) {
    TenantShare tenant = tenants.computeIfAbsent(caller.tenant(), it -> new TenantShare());
    recentTenants.asked(caller.tenant(), now);
    tenant.connections().asked(connection(caller), now);
    return tenant;
  }

  private static UUID connection(Caller caller) {
    return caller.isConnection() ? caller.requireConnection() : caller.tenant();
  }

  /** Number of calls that hold a place. */
  public synchronized int count() {
    return held;
  }

  /** Number of calls that wait for a place. */
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

  /**
   * Stops waiting, unless the wait has been decided already; returns whether the call has got a
   * place.
   */
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
    forgetIdle();
  }

  private void forgetIdle() {
    if (tenants.size() > MAX_TENANTS) {
      tenants
          .values()
          .removeIf(
              it -> it.held() == 0 && waiting.stream().noneMatch(other -> other.tenant == it));
    }
  }

  /** Assigns free places to waiting calls, as far as the limits allow. */
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
    return waiting.isEmpty()
        ? Optional.empty()
        : waiting.stream()
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

  /** Maximum number of places of a tenant. */
  private int part(Ticket ticket, long now) {
    if (!recentTenants.others(ticket.id, now)) {
      return size.places();
    }
    boolean heavy = ticket.tenant.busy(now) > size.places() / (double) RESERVE;
    return Math.max(1, size.places() / (heavy ? RESERVE : 2));
  }

  /** The newest waiting call of the tenant with most waiting calls. */
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
  private static final class Ticket {
    private final UUID id;
    private final UUID connection;
    private final TenantShare tenant;
    private final boolean urgent;
    private final CompletableFuture<Boolean> decision = new CompletableFuture<>();

    private Ticket(Caller caller, TenantShare tenant, boolean urgent) {
      this.id = caller.tenant();
      this.connection = connection(caller);
      this.tenant = tenant;
      this.urgent = urgent;
    }
  }

  /** A place, released when closed. */
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
