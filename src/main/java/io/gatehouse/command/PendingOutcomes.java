package io.gatehouse.command;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * The requests of this instance that wait for an outcome. Their number is bounded, so that reads
 * always find a thread, and so that one tenant cannot fill the queue before other tenants.
 */
public final class PendingOutcomes {

  private final Map<CommandId, Pending> open = new ConcurrentHashMap<>();
  private final FairShares shares;
  private final Duration timeout;
  private final LongSupplier nanos;

  /**
   * Starts without requests.
   *
   * @param shares limits of waiting requests, by tenant
   * @param timeout how long each request waits, the time of its send included
   */
  public PendingOutcomes(FairShares shares, Duration timeout) {
    this(shares, timeout, System::nanoTime);
  }

  PendingOutcomes(FairShares shares, Duration timeout, LongSupplier nanos) {
    this.shares = shares;
    this.timeout = timeout;
    this.nanos = nanos;
  }

  /** Takes a place before the command is sent; empty when there is none for this caller. */
  public Optional<Pending> take(Envelope envelope) {
    return shares
        .take(envelope.caller(), envelope.isUrgent())
        .map(
            share -> {
              Pending pending = new Pending(envelope.id(), share);
              open.put(envelope.id(), pending);
              return pending;
            });
  }

  /**
   * The outcome of a command for which a place was taken; empty when it has not arrived in time.
   */
  public Optional<Outcome> await(CommandId id) {
    Pending pending = open.get(id);
    try {
      return pending == null
          ? Optional.empty()
          : Optional.of(pending.answer.get(pending.left(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Counts a request that waits at another instance, so that its tenant gets its part here too. */
  public void waitsElsewhere(Envelope envelope) {
    shares.asked(envelope.caller());
  }

  /** Wakes the request that waits here for this command, if there is one. */
  public void wake(CommandId id, Outcome outcome) {
    Pending pending = open.get(id);
    if (pending != null) {
      pending.answer.complete(outcome);
    }
  }

  /** The commands whose requests have waited at least for this time, and still do. */
  public List<CommandId> waitingFor(Duration time) {
    long now = nanos.getAsLong();
    return open.values().stream()
        .filter(it -> !it.answer.isDone() && now - it.since >= time.toNanos())
        .map(it -> it.id)
        .toList();
  }

  public int count() {
    return open.size();
  }

  /** A place of a waiting request, released when closed. */
  public final class Pending implements AutoCloseable {

    private final CommandId id;
    private final FairShares.Place share;
    private final CompletableFuture<Outcome> answer = new CompletableFuture<>();
    private final long since = nanos.getAsLong();

    private Pending(CommandId id, FairShares.Place share) {
      this.id = id;
      this.share = share;
    }

    private long left() {
      return Math.max(0, timeout.toNanos() - (nanos.getAsLong() - since));
    }

    @Override
    public void close() {
      open.remove(id, this);
      share.close();
    }
  }
}
