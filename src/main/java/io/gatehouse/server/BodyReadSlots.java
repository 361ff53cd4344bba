package io.gatehouse.server;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Limits how many bodies of one caller are read at the same time. A body that has already arrived
 * holds its place for a moment only. So only slow bodies hold places, and only a caller with many
 * of them has to wait.
 */
public final class BodyReadSlots {

  private static final long WAIT_MILLIS = 250;

  private final Map<String, Semaphore> places = new ConcurrentHashMap<>();
  private final int limit;

  /**
   * Creates the slots.
   *
   * @param limit the number of places for each caller
   */
  public BodyReadSlots(int limit) {
    this.limit = limit;
  }

  /** A place that is held until it is closed. */
  public interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /** The reading of a body while a place is held. */
  @FunctionalInterface
  public interface Reading<T, E extends Exception> {
    T read() throws E, RefusedBodyException;
  }

  /**
   * Reads a body in a place.
   *
   * @param caller one of those that are known, so that their number is bounded
   * @throws RefusedBodyException 503 when there is none within a quarter of a second
   */
  public <T, E extends Exception> T read(String caller, Reading<T, E> reading)
      throws E, RefusedBodyException {
    try (Place place = take(caller).orElseThrow(RefusedBodyException::noRoom)) {
      return reading.read();
    }
  }

  /**
   * Takes a place.
   *
   * @param caller one of those that are known, so that their number is bounded
   * @return empty when there is none within a quarter of a second
   */
  public Optional<Place> take(String caller) {
    Semaphore place = places.computeIfAbsent(caller, it -> new Semaphore(limit));
    return taken(place) ? Optional.of(place::release) : Optional.empty();
  }

  private static boolean taken(Semaphore place) {
    try {
      return place.tryAcquire() || place.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
