package io.gatehouse.outage;

import io.gatehouse.support.Gateway.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The answers of a gateway in an outage, of each kind of caller. */
final class Answers {

  /** No answer at all. */
  private static final int NONE = 0;

  private static final int SHOWN = 200;

  private static final Set<Integer> RETRIED = Set.of(429, 503);

  /** The upper ends of the columns of a histogram. */
  private static final List<Duration> TIMES =
      List.of(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(5), Calls.LONGEST);

  private final List<Given> all = new ArrayList<>();
  private final Set<CallKind> recovered = EnumSet.noneOf(CallKind.class);
  private volatile long settledAt = Long.MAX_VALUE;
  private volatile long endedAt = Long.MAX_VALUE;

  /**
   * An answer.
   *
   * @param within whether it was asked for and given while the outage was in force
   */
  record Given(
      CallKind kind, int status, boolean retryAfter, Duration time, boolean within, String body) {

    private static Given of(CallKind kind, Answer answer, Duration time, boolean within) {
      return new Given(
          kind,
          answer.status(),
          !answer.header("Retry-After").isEmpty(),
          time,
          within,
          answer.status() >= 500 ? beginning(answer.http().body()) : "");
    }

    private static String beginning(String body) {
      return body.substring(0, Math.min(SHOWN, body.length()));
    }

    boolean isLate() {
      return time.compareTo(Calls.LONGEST) > 0;
    }

    /** Whether the caller is told to ask again later, as it should be. */
    boolean isHonest() {
      return !RETRIED.contains(status) || retryAfter;
    }
  }

  /** From now on the outage is in force. */
  void settled() {
    settledAt = System.nanoTime();
  }

  /** From now on answers may be those of a gateway that works. */
  void ended() {
    endedAt = System.nanoTime();
  }

  /** Makes a call. */
  Answer measure(CallKind kind, Supplier<Answer> call) {
    long start = System.nanoTime();
    try {
      Answer answer = call.get();
      long end = System.nanoTime();
      add(Given.of(kind, answer, Duration.ofNanos(end - start), isWithin(start, end)));
      if (start - endedAt > 0 && endedAt != Long.MAX_VALUE && answer.status() < 300) {
        recover(kind);
      }
      return answer;
    } catch (UncheckedIOException e) {
      long end = System.nanoTime();
      Duration time = Duration.ofNanos(end - start);
      add(new Given(kind, NONE, false, time, isWithin(start, end), String.valueOf(e)));
      throw e;
    }
  }

  private boolean isWithin(long start, long end) {
    return start - settledAt > 0 && end - endedAt < 0 && settledAt != Long.MAX_VALUE;
  }

  private synchronized void add(Given one) {
    all.add(one);
  }

  private synchronized void recover(CallKind kind) {
    recovered.add(kind);
  }

  synchronized List<Given> all() {
    return List.copyOf(all);
  }

  /** The last answer of each kind of caller. */
  Stream<Given> latest() {
    Map<CallKind, Given> latest = new EnumMap<>(CallKind.class);
    all().forEach(it -> latest.put(it.kind(), it));
    return latest.values().stream();
  }

  /** The kinds of callers that were answered while the outage was in force. */
  Set<CallKind> within() {
    return all().stream().filter(Given::within).map(Given::kind).collect(Collectors.toSet());
  }

  /** The kinds of callers that have asked since the end of the outage, with success. */
  synchronized Set<CallKind> recovered() {
    return Set.copyOf(recovered);
  }

  /** A line for each kind and status, with the number of answers in each time. */
  String histogram() {
    Map<String, int[]> lines = new TreeMap<>();
    for (Given it : all()) {
      String name = "%-14s %3d %s".formatted(it.kind(), it.status(), it.within() ? " " : "(edge)");
      lines.computeIfAbsent(name, any -> new int[TIMES.size() + 1])[column(it.time())]++;
    }
    return "%-26s %7s %7s %7s %7s %7s%n".formatted("", "<0.1 s", "<1 s", "<5 s", "<16 s", "more")
        + lines.entrySet().stream()
            .map(it -> "%-26s %s".formatted(it.getKey(), columns(it.getValue())))
            .collect(Collectors.joining("\n"));
  }

  private static int column(Duration time) {
    return (int) TIMES.stream().filter(it -> time.compareTo(it) >= 0).count();
  }

  private static String columns(int[] counts) {
    return Arrays.stream(counts).mapToObj("%7d"::formatted).collect(Collectors.joining(" "));
  }
}
