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
 * What is known of the way of a command, from probes that were sent along it: to the broker, on to
 * a consumer of any instance, into the database and back. Asking costs nothing and never waits.
 */
public final class ProbeResults {

  /** A part without a good sign for so long is down. Probes are sent every two seconds. */
  private static final long LIMIT = Duration.ofSeconds(6).toNanos();

  /** A probe that has not come back after so long was lost, and says nothing any more. */
  private static final long FORGOTTEN = Duration.ofSeconds(20).toNanos();

  private final LongSupplier nanos;
  private final Map<Part, Signs> signs = new EnumMap<>(Part.class);
  private final Map<CommandId, Long> underWay = new LinkedHashMap<>();

  /** A part that a write needs. */
  public enum Part {
    /** Takes commands in. */
    BROKER,
    /** Can be written to. */
    DATABASE,
    /** The consumers of the queue, when the other two work. */
    COMMANDS;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The last good sign of a part, and whether the last attempt has brought another. */
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
   * Nothing is known yet, so nothing counts as working.
   *
   * @param nanos a clock that is never set back, as {@link System#nanoTime}
   */
  public ProbeResults(LongSupplier nanos) {
    this.nanos = nanos;
    for (Part part : Part.values()) {
      signs.put(part, new Signs());
    }
  }

  /** A new probe, which is about to be sent. */
  public synchronized CommandId begin(Instant now) {
    CommandId id = CommandId.next(now);
    long time = nanos.getAsLong();
    underWay.values().removeIf(sent -> time - sent > FORGOTTEN);
    underWay.put(id, time);
    of(Part.BROKER).troubled = true;
    return id;
  }

  /** The broker has taken it. */
  public synchronized void sent() {
    of(Part.BROKER).good(nanos.getAsLong());
  }

  /** The broker has not taken it. */
  public synchronized void refused(CommandId id) {
    underWay.remove(id);
  }

  /** A command was applied; if it was a probe of this instance, it has come back. */
  public synchronized void applied(CommandId id) {
    if (underWay.remove(id) != null) {
      of(Part.COMMANDS).good(nanos.getAsLong());
    }
  }

  /** The database is about to be asked. */
  public synchronized void asking() {
    of(Part.DATABASE).troubled = true;
  }

  /** The database has answered. */
  public synchronized void written() {
    of(Part.DATABASE).good(nanos.getAsLong());
  }

  /**
   * The parts that are down; none when commands are applied. What only waits for another part is
   * not among them.
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
