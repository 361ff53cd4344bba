package io.gatehouse.command;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The requests of this instance that wait for an outcome: bounded, so that reads always find a
 * thread.
 */
public final class Waiting {

  private final Map<CommandId, CompletableFuture<Outcome>> open = new ConcurrentHashMap<>();
  private final Semaphore places;
  private final Duration timeout;

  /**
   * Makes room.
   *
   * @param limit how many may wait
   * @param timeout how long each waits
   */
  public Waiting(int limit, Duration timeout) {
    this.places = new Semaphore(limit);
    this.timeout = timeout;
  }

  /** Takes a place before the command is sent; empty when all are taken. */
  public Optional<Place> take(CommandId id) {
    if (!places.tryAcquire()) {
      return Optional.empty();
    }
    CompletableFuture<Outcome> answer = new CompletableFuture<>();
    open.put(id, answer);
    return Optional.of(new Place(id, answer));
  }

  /** Wakes whoever waits here for this command, if anybody does. */
  public void wake(CommandId id, Outcome outcome) {
    CompletableFuture<Outcome> answer = open.get(id);
    if (answer != null) {
      answer.complete(outcome);
    }
  }

  public int count() {
    return open.size();
  }

  /** A place in the waiting room, given back when closed. */
  public final class Place implements AutoCloseable {

    private final CommandId id;
    private final CompletableFuture<Outcome> answer;

    private Place(CommandId id, CompletableFuture<Outcome> answer) {
      this.id = id;
      this.answer = answer;
    }

    /** The outcome, or empty when it has not come in time. */
    public Optional<Outcome> await() {
      try {
        return Optional.of(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
      } catch (TimeoutException e) {
        return Optional.empty();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      if (open.remove(id) != null) {
        places.release();
      }
    }
  }
}
