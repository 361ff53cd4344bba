package io.gatehouse.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.faults.Findings.Count;
import io.gatehouse.scim.Json;
import io.gatehouse.support.FaultProxy;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.GatewayProcess;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;

/** Processes that suffer faults, with writers and a subscriber. */
final class FaultRun implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final Duration REST_BEFORE = Duration.ofMillis(10);
  private static final Duration REST_MEANWHILE = Duration.ofSeconds(2);
  private static final Duration POLL = Duration.ofMillis(50);

  /** Where a client meets a gateway. */
  private record Door(FaultProxy proxy, ScimClient idp) {
    boolean isReady() {
      try {
        return idp.gateway().call("GET", "/actuator/health/readiness", null, null).status() == 200;
      } catch (RuntimeException e) {
        return false;
      }
    }
  }

  /** Is told of each fault, after it. */
  @FunctionalInterface
  interface Log {
    void add(Fault fault, Optional<Long> recoveryMillis);
  }

  private final Layout layout;
  private final Duration patience;
  private final Duration rest;
  private final List<Door> doors = new ArrayList<>();
  private final Gateway.Answer subscription;
  private final Set<String> received = new HashSet<>();
  private int acceptedBefore;
  private int rounds;
  private volatile Writers writers;

  /** The gateway that is away; -1 for none. */
  private volatile int away = -1;

  private volatile boolean isStriking;

  private FaultRun(Layout layout, Duration patience, Duration rest) throws IOException {
    this.layout = layout;
    this.patience = patience;
    this.rest = rest;
    Gateway first = layout.gateways().get(0).client();
    ScimClient made = first.connection("standard");
    ObjectNode unbraked = Json.object();
    unbraked.putObject("settings").put("brake", "off");
    first.admin("PATCH", "/connections/" + made.connection(), unbraked);
    for (GatewayProcess each : layout.gateways()) {
      FaultProxy proxy = FaultProxy.to(each.port());
      doors.add(
          new Door(
              proxy,
              new ScimClient(
                  each.clientAt(proxy.port()), made.tenant(), made.connection(), made.token())));
    }
    this.subscription = first.subscription(made.tenant(), "training");
  }

  /**
   * Uses a layout that runs, and ends with it.
   *
   * @param patience how long it may take until all that was accepted is applied and announced
   * @param rest how long a client pauses after a call, on average
   */
  static FaultRun of(Layout layout, Duration patience, Duration rest) throws IOException {
    try {
      return new FaultRun(layout, patience, rest);
    } catch (IOException | RuntimeException e) {
      layout.close();
      throw e;
    }
  }

  /** Clients write while faults happen, one after the other; then everything is checked. */
  Findings round(List<Fault> faults, int changes, Log log) throws Exception {
    Writers all = Writers.begin(this::anIdp, this::isReady, "round" + ++rounds, this::rest);
    writers = all;
    try {
      awaitMore(all, changes);
      for (Fault each : faults) {
        isStriking = true;
        log.add(each, each.strike(this));
        isStriking = false;
        awaitMore(all, changes);
      }
    } finally {
      all.end();
    }
    return checked(all);
  }

  /** The same, when it is of no interest how long it took. */
  Findings round(List<Fault> faults, int changes) throws Exception {
    return round(faults, changes, (fault, time) -> {});
  }

  GatewayProcess anyGateway() {
    return layout.gateways().get(any());
  }

  private int any() {
    return ThreadLocalRandom.current().nextInt(doors.size());
  }

  /** A client of a gateway, one that is not known to be away if there is one. */
  private ScimClient anIdp() {
    int number = any();
    return doors.get(number == away ? (number + 1) % doors.size() : number).idp();
  }

  /** Much is under way when a process dies. While a gateway starts, it has the CPU. */
  private Duration rest() {
    if (away >= 0) {
      return REST_MEANWHILE;
    }
    return isStriking && rest.compareTo(REST_BEFORE) > 0 ? REST_BEFORE : rest;
  }

  private boolean isReady() {
    return IntStream.range(0, doors.size()).anyMatch(it -> it != away && doors.get(it).isReady());
  }

  /** A gateway halts at the n-th passage of a point; then it is started again. */
  long halt(HaltPoint point, int passage) throws IOException, InterruptedException {
    int number = any();
    GatewayProcess gateway = layout.gateways().get(number);
    Objects.requireNonNull(writers).eraseAll(point.isOfErasure());
    gateway.tell(point.word() + " " + passage);
    assertThat(gateway.exitWithin(TIMEOUT))
        .as("%s has ended", point.word())
        .hasValue(Faults.HALTED);
    isStriking = false;
    Objects.requireNonNull(writers).eraseAll(false);
    return restart(number, System.nanoTime());
  }

  /** SIGKILL of some parts; then they are started again. */
  long kill(Set<Part> parts) throws IOException {
    int number = any();
    long start = System.nanoTime();
    if (parts.contains(Part.GATEWAY)) {
      layout.gateways().get(number).kill();
      away = number;
    }
    isStriking = false;
    List<Part> others = parts.stream().filter(it -> it != Part.GATEWAY).toList();
    for (Part each : others) {
      layout.kill(each);
    }
    for (Part each : others) {
      layout.start(each);
    }
    if (parts.contains(Part.GATEWAY)) {
      return restart(number, start);
    }
    await()
        .atMost(TIMEOUT)
        .pollInterval(POLL)
        .until(() -> Objects.requireNonNull(writers).hasWrittenSince(start));
    return millisSince(start);
  }

  /** SIGKILL of a part, and its start; what depends on it may still be without it. */
  void killAndStart(Part part) throws IOException {
    layout.kill(part);
    isStriking = false;
    layout.start(part);
  }

  private long restart(int number, long since) throws IOException {
    away = number;
    layout.restart(number);
    away = -1;
    return millisSince(since);
  }

  private static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  /** Requests reach the gateways for a time, and answers do not come back. */
  void cutAnswers(long millis) throws InterruptedException {
    doors.forEach(it -> it.proxy().cutAnswers());
    pass(millis);
    doors.forEach(it -> it.proxy().heal());
  }

  void pass(long millis) throws InterruptedException {
    new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
  }

  private static void awaitMore(Writers writers, int changes) {
    int before = writers.acknowledged();
    await()
        .atMost(TIMEOUT)
        .pollInterval(POLL)
        .until(() -> writers.acknowledged() >= before + changes);
  }

  private Findings checked(Writers writers) throws Exception {
    List<UUID> commands = commands();
    awaitQuiet(commands);
    writers.written().forEach(writers::read);
    List<ObjectNode> events;
    try (Subscriber subscriber = Subscriber.of(subscription)) {
      events = subscriber.all();
    }
    Findings findings =
        new Checks(layout.stores(), commands, writers.written(), received).run(events);
    findings.add(Count.ACKNOWLEDGED, writers.acknowledged());
    findings.add(Count.UNANSWERED, writers.unanswered());
    writers.unexpected().forEach(it -> findings.wrong(Count.UNEXPECTED_ANSWERS, it));
    return findings;
  }

  /** The commands that the broker has accepted since the last round. */
  private List<UUID> commands() throws IOException {
    List<String> lines = Files.readAllLines(layout.accepted());
    List<UUID> fresh =
        lines.subList(acceptedBefore, lines.size()).stream()
            .map(UUID::fromString)
            .distinct()
            .toList();
    acceptedBefore = lines.size();
    return fresh;
  }

  private void awaitQuiet(List<UUID> commands) {
    try {
      await()
          .atMost(patience)
          .pollInterval(POLL.multipliedBy(5))
          .ignoreExceptions()
          .until(
              () -> {
                Stores stores = layout.stores();
                return stores.withoutOutcome(commands).isEmpty() && stores.unannounced() == 0;
              });
    } catch (ConditionTimeoutException e) {
      // the checks count what is missing
    }
  }

  @Override
  public void close() throws IOException {
    doors.forEach(it -> it.proxy().close());
    layout.close();
  }
}
