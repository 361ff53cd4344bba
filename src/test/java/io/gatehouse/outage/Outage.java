package io.gatehouse.outage;

import static io.gatehouse.outage.CallKind.ADMIN_CHANGE;
import static io.gatehouse.outage.CallKind.ADMIN_READ;
import static io.gatehouse.outage.CallKind.FEED;
import static io.gatehouse.outage.CallKind.PAGE;
import static io.gatehouse.outage.CallKind.READ;
import static io.gatehouse.outage.CallKind.WEBHOOK;
import static io.gatehouse.outage.CallKind.WRITE;

import io.gatehouse.support.FaultProxy.Direction;
import io.gatehouse.support.MovableClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The rows of {@code src/docs/degraded-modes.md}: what is broken, and what is answered then. */
enum Outage {
  DATABASE_DOWN("Database down", scene -> scene.toDatabase().refuse(), away()),
  DATABASE_SLOW("Database slow: 5 s for each commit", scene -> scene.commits("slow"), slow()),
  DATABASE_READ_ONLY(
      "Database read-only",
      scene -> scene.database().readOnly(true),
      scene -> scene.database().readOnly(false),
      readOnly()),
  DATABASE_FULL(
      "Disk of the database full",
      OutageScene::fillDatabase,
      OutageScene::emptyDatabase,
      readOnly()),
  DATABASE_UNHEARD(
      "Network to the database cut, towards it",
      scene -> scene.toDatabase().silence(Direction.REQUEST),
      away()),
  DATABASE_UNANSWERING(
      "Network to the database cut, from it",
      scene -> scene.toDatabase().silence(Direction.ANSWER),
      away()),
  BROKER_DOWN("Broker down", scene -> scene.toBroker().refuse(), unqueued()),
  BROKER_FULL(
      "Disk of the broker full", OutageScene::fillBroker, OutageScene::emptyBroker, unqueued()),
  BROKER_SLOW(
      "Broker slow: 0.3 s for each answer",
      scene -> scene.toBroker().delay(Duration.ofMillis(300)),
      slow()),
  BROKER_UNHEARD(
      "Network to the broker cut, towards it",
      scene -> scene.toBroker().silence(Direction.REQUEST),
      unqueued()),
  BROKER_UNANSWERING(
      "Network to the broker cut, from it",
      scene -> scene.toBroker().silence(Direction.ANSWER),
      unqueued()),
  NAMES_UNKNOWN("DNS knows no host", scene -> OutageScene.names("unknown"), usual()),
  NAMES_UNANSWERED("DNS does not answer", scene -> OutageScene.names("silent"), usual()),
  CLOCK_AHEAD(
      "Clock jumps ahead by an hour", scene -> MovableClock.set(Duration.ofHours(1)), usual()),
  CLOCK_BACK(
      "Clock jumps back by an hour", scene -> MovableClock.set(Duration.ofHours(-1)), usual());

  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int KEPT = 204;
  private static final int LATER = 503;

  private final String title;
  private final Step begin;
  private final Step end;
  private final Map<CallKind, Set<Integer>> expected;

  Outage(String title, Step begin, Map<CallKind, Set<Integer>> expected) {
    this(title, begin, OutageScene::heal, expected);
  }

  Outage(String title, Step begin, Step end, Map<CallKind, Set<Integer>> expected) {
    this.title = title;
    this.begin = begin;
    this.end = end;
    this.expected = expected;
  }

  /** Breaks something, or repairs it. */
  interface Step {
    void in(OutageScene scene) throws Exception;
  }

  void begin(OutageScene scene) throws Exception {
    begin.in(scene);
  }

  void end(OutageScene scene) throws Exception {
    end.in(scene);
  }

  String title() {
    return title;
  }

  /** The statuses that a call gets while it is in force. */
  Set<Integer> expected(CallKind kind) {
    return expected.getOrDefault(kind, Set.of(OK));
  }

  /** The statuses on a disk that is really full, where what fits in the gaps still succeeds. */
  static Set<Integer> expectedOnAFullDisk(CallKind kind) {
    Set<Integer> all = new HashSet<>(usual().get(kind));
    if (kind.isInTable()) {
      all.add(LATER);
    }
    return all;
  }

  private static Map<CallKind, Set<Integer>> usual() {
    Map<CallKind, Set<Integer>> all = new EnumMap<>(CallKind.class);
    Arrays.stream(CallKind.values()).forEach(it -> all.put(it, Set.of(OK)));
    all.put(WRITE, Set.of(OK, CREATED));
    all.put(WEBHOOK, Set.of(KEPT));
    all.put(ADMIN_CHANGE, Set.of(CREATED));
    return all;
  }

  private static Map<CallKind, Set<Integer>> away() {
    Map<CallKind, Set<Integer>> all = usual();
    for (CallKind it : Set.of(WRITE, READ, ADMIN_READ, ADMIN_CHANGE, PAGE, FEED)) {
      all.put(it, Set.of(LATER));
    }
    return all;
  }

  private static Map<CallKind, Set<Integer>> readOnly() {
    Map<CallKind, Set<Integer>> all = usual();
    all.put(WRITE, Set.of(LATER));
    all.put(ADMIN_CHANGE, Set.of(LATER));
    return all;
  }

  private static Map<CallKind, Set<Integer>> slow() {
    Map<CallKind, Set<Integer>> all = usual();
    all.put(WRITE, Set.of(OK, CREATED, LATER));
    all.put(ADMIN_CHANGE, Set.of(CREATED, LATER));
    return all;
  }

  /** Only a queue for a new subscriber needs the broker. */
  private static Map<CallKind, Set<Integer>> unqueued() {
    Map<CallKind, Set<Integer>> all = slow();
    all.put(WRITE, Set.of(LATER));
    return all;
  }

  /** The row of the table. */
  String row() {
    return "| "
        + title
        + " | "
        + Arrays.stream(CallKind.values())
            .filter(CallKind::isInTable)
            .map(it -> statuses(expected(it)))
            .collect(Collectors.joining(" | "))
        + " |";
  }

  private static String statuses(Set<Integer> statuses) {
    return statuses.stream()
        .sorted()
        .map(it -> it == LATER ? "**503**" : String.valueOf(it))
        .collect(Collectors.joining(", "));
  }
}
