package io.gatehouse.command;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The requests of this instance that wait for an outcome. Their number is bounded, so that reads
 * always find a thread, and so that one tenant cannot fill the queue before other tenants.
 */
public final class PendingOutcomes {

  private final Map<CommandId, CompletableFuture<Outcome>> open = new ConcurrentHashMap<>();
  private final FairShares shares;
  private final Duration timeout;

  /**
   * Starts without requests.
   *
   * @param shares limits of waiting requests, by tenant
   * @param timeout how long each request waits
   */
  public PendingOutcomes(FairShares shares, Duration timeout) {
    this.shares = shares;
    this.timeout = timeout;
  }

  /** Takes a place before the command is sent; empty when there is none for this caller. */
  public Optional<Pending> take(Envelope envelope) {
    return shares
        .take(envelope.caller(), envelope.isUrgent())
        .map(
            share -> {
              CompletableFuture<Outcome> answer = new CompletableFuture<>();
              open.put(envelope.id(), answer);
              return new Pending(envelope.id(), answer, share);
            });
  }

  /**
   * The outcome of a command for which a place was taken; empty when it has not arrived in time.
   */
  public Optional<Outcome> await(CommandId id) {
    CompletableFuture<Outcome> answer = open.get(id);
    try {
      return answer == null
          ? Optional.empty()
          : Optional.of(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
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
    CompletableFuture<Outcome> answer = open.get(id);
    if (answer != null) {
      answer.complete(outcome);
    }
  }

  public int count() {
    return open.size();
  }

  /** A place of a waiting request, released when closed. */
  public final class Pending implements AutoCloseable {

    private final CommandId id;
    private final CompletableFuture<Outcome> answer;
    private final FairShares.Place share;

    private Pending(CommandId id, CompletableFuture<Outcome> answer, FairShares.Place share) {
      this.id = id;
      this.answer = answer;
      this.share = share;
    }

    @Override
    public void close() {
      open.remove(id, answer);
      share.close();
    }
  }
}
