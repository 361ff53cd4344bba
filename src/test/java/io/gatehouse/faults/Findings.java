package io.gatehouse.faults;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the checks have counted, and the first examples of what is wrong. */
final class Findings {

  private static final int EXAMPLES = 5;

  private final Map<Count, Integer> counts = new EnumMap<>(Count.class);
  private final List<String> examples = new ArrayList<>();

  /** What is counted. */
  enum Count {
    ACCEPTED(false),
    ACKNOWLEDGED(false),
    UNANSWERED(false),
    USERS(false),
    ERASED(false),
    EVENTS(false),
    HISTORIES(false),
    /** Commands that the broker has accepted and that have no outcome. */
    LOST(true),
    /** Commands that were applied more than once. */
    DOUBLED(true),
    /** Changes of a user that were announced after a later one. */
    INVERTED(true),
    MISSING_EVENTS(true),
    /** Events without a change, and events that came twice. */
    PHANTOM_EVENTS(true),
    NOT_LINEARIZABLE(true),
    UNANNOUNCED(true),
    /** Versions of a user that are not 1 to the present one. */
    VERSION_GAPS(true),
    /** Numbers of the feed that no change has. */
    FEED_GAPS(true),
    /** Users whose state is not the one of their last event. */
    STALE_EVENTS(true),
    /** Changes without an entry in the audit log, or with several. */
    UNAUDITED(true),
    /** Rows with the name of an erased user. */
    NOT_ERASED(true),
    UNEXPECTED_ANSWERS(true);

    private final boolean wrong;

    Count(boolean wrong) {
      this.wrong = wrong;
    }
  }

  void add(Count count, int number) {
    counts.merge(count, number, Integer::sum);
  }

  /** Counts something wrong. */
  void wrong(Count count, String example) {
    add(count, 1);
    if (examples.size() < EXAMPLES) {
      examples.add(count + ": " + example);
    }
  }

  void add(Findings other) {
    other.counts.forEach(this::add);
    examples.addAll(other.examples);
  }

  int of(Count count) {
    return counts.getOrDefault(count, 0);
  }

  /** Nothing is wrong. */
  boolean areClean() {
    return wrongs().isEmpty();
  }

  /** The kinds of what is wrong, with their numbers. */
  Map<Count, Integer> wrongs() {
    return counts.entrySet().stream()
        .filter(it -> it.getKey().wrong && it.getValue() > 0)
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                Map.Entry::getValue,
                Integer::sum,
                () -> new EnumMap<>(Count.class)));
  }

  String examples() {
    return String.join("\n", examples);
  }

  @Override
  public String toString() {
    return java.util.Arrays.stream(Count.values())
        .map(it -> it.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + " " + of(it))
        .collect(Collectors.joining(", "));
  }
}
