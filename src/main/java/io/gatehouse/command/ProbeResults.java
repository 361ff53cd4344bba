package io.gatehouse.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The state of the write path, learned from probes that pass through it: to the broker, to a
 * consumer of any instance, into the database and back. A query of it costs nothing and never
 * waits.
 */
public final class ProbeResults {

  /** A part without a success for this long is down. Probes are sent every two seconds. */
  private static final long LIMIT = Duration.ofSeconds(6).toNanos();

  /** A probe that has not returned after this long is lost, and is ignored from then on. */
  private static final long FORGOTTEN = Duration.ofSeconds(20).toNanos();

  private final LongSupplier nanos;
  private final Map<Part, Signs> signs = new EnumMap<>(Part.class);
  private final Map<CommandId, Long> underWay = new LinkedHashMap<>();

  /** A part that a write needs. */
  public enum Part {
    /** Accepts commands. */
    BROKER,
    /** Accepts writes. */
    DATABASE,
    /** The consumers of the queue, when the other two work. */
    COMMANDS;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The last success of a part, and whether the last attempt failed or is still open. */
  private static final class Signs {
    private boolean known;
    private long goodAt;
    private boolean troubled;

    boolean old(long now) {
      return !known || now - goodAt > LIMIT;
    }

    void good(long now) {
      known = true;
      goodAt = now;
      troubled = false;
    }
  }

  /**
   * Starts without results, so that no part counts as working.
   *
   * @param nanos a clock that is never set back, as {@link System#nanoTime}
   */
  public ProbeResults(LongSupplier nanos) {
    this.nanos = nanos;
    for (Part part : Part.values()) {
      signs.put(part, new Signs());
    }
  }

  /** Registers a new probe before it is sent. */
  public synchronized CommandId begin(Instant now) {
    CommandId id = CommandId.next(now);
    long time = nanos.getAsLong();
    underWay.values().removeIf(sent -> time - sent > FORGOTTEN);
    underWay.put(id, time);
    of(Part.BROKER).troubled = true;
    return id;
  }

  /** The broker has accepted the probe. */
  public synchronized void sent() {
    of(Part.BROKER).good(nanos.getAsLong());
  }

  /** The broker has not accepted the probe. */
  public synchronized void refused(CommandId id) {
    underWay.remove(id);
  }

  /** A command was applied; if it was a probe of this instance, the probe has returned. */
  public synchronized void applied(CommandId id) {
    if (underWay.remove(id) != null) {
      of(Part.COMMANDS).good(nanos.getAsLong());
    }
  }

  /** A query of the database starts. */
  public synchronized void asking() {
    of(Part.DATABASE).troubled = true;
  }

  /** The database has answered. */
  public synchronized void written() {
    of(Part.DATABASE).good(nanos.getAsLong());
  }

  /**
   * The parts that are down; none while commands are applied. A part that only waits for another
   * one is not included.
   */
  public synchronized List<Part> down() {
    long now = nanos.getAsLong();
    boolean stuck = underWay.values().stream().anyMatch(sent -> now - sent > LIMIT);
    boolean idle = stuck || of(Part.COMMANDS).old(now);
    List<Part> causes = new ArrayList<>();
    for (Part part : List.of(Part.BROKER, Part.DATABASE)) {
      if (of(part).old(now) || (idle && of(part).troubled)) {
        causes.add(part);
      }
    }
    return idle && causes.isEmpty() ? List.of(Part.COMMANDS) : List.copyOf(causes);
  }

  private Signs of(Part part) {
    return signs.getOrDefault(part, new Signs());
  }
}
