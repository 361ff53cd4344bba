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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/** A gateway in a process of its own, with writers and a subscriber, that suffers faults. */
final class FaultRun implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(50);

  private final Path data;
  private final Path accepted;
  private final FaultProxy proxy;
  private final ScimClient idp;
  private final Gateway.Answer subscription;
  private final Duration patience;
  private final List<Long> recoveries = new ArrayList<>();
  private int acceptedBefore;
  private int rounds;
  private volatile GatewayProcess gateway;

  private FaultRun(GatewayProcess gateway, Path data, Path accepted, Duration patience)
      throws IOException {
    this.gateway = gateway;
    this.data = data;
    this.accepted = accepted;
    this.patience = patience;
    this.proxy = FaultProxy.to(gateway.port());
    ScimClient made = gateway.client().connection("standard");
    ObjectNode unbraked = Json.object();
    unbraked.putObject("settings").put("brake", "off");
    gateway.client().admin("PATCH", "/connections/" + made.connection(), unbraked);
    this.idp =
        new ScimClient(
            gateway.clientAt(proxy.port()), made.tenant(), made.connection(), made.token());
    this.subscription = gateway.client().subscription(made.tenant(), "training");
  }

  /**
   * Starts the gateway.
   *
   * @param patience how long it may take until all that was accepted is applied and announced
   * @param more options of the JVM
   */
  static FaultRun start(SeededBug bug, int jitter, Duration patience, String... more)
      throws IOException {
    Path data = Gateway.temporaryFolder();
    Path accepted = Files.createTempFile("accepted", ".txt");
    List<String> jvm = new ArrayList<>(List.of(more));
    jvm.add("-D" + Faults.BUG + "=" + bug);
    jvm.add("-D" + Faults.JITTER + "=" + jitter);
    jvm.add("-D" + Faults.ACCEPTED + "=" + accepted);
    GatewayProcess gateway = GatewayProcess.start(FaultyGateway.class, data, jvm);
    try {
      return new FaultRun(gateway, data, accepted, patience);
    } catch (IOException | RuntimeException e) {
      gateway.stop();
      throw e;
    }
  }

  /** Clients write while faults happen, one after the other; then everything is checked. */
  Findings round(List<Fault> faults, int changes) throws Exception {
    Writers writers = Writers.begin(idp, this::isReady, "round" + ++rounds);
    try {
      awaitMore(writers, changes);
      for (Fault each : faults) {
        each.strike(this);
        awaitMore(writers, changes);
      }
    } finally {
      writers.end();
    }
    return checked(writers);
  }

  /** The gateway as it is now. */
  GatewayProcess gateway() {
    return gateway;
  }

  FaultProxy proxy() {
    return proxy;
  }

  /** Milliseconds from each death of the gateway until it was ready again. */
  List<Long> recoveries() {
    return List.copyOf(recoveries);
  }

  /** Waits for the end of the process, and starts it again. */
  void restart() throws IOException, InterruptedException {
    OptionalInt exit = gateway.exitWithin(TIMEOUT);
    assertThat(exit).as("the gateway has ended").isPresent();
    long start = System.nanoTime();
    gateway = gateway.restart();
    recovered(start);
  }

  /** Waits until it takes requests again, though it has not ended. */
  void awaitReady(long since) {
    await().atMost(TIMEOUT).pollInterval(POLL).until(this::isReady);
    recovered(since);
  }

  private void recovered(long since) {
    recoveries.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since));
  }

  void pass(long millis) throws InterruptedException {
    new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
  }

  private boolean isReady() {
    try {
      return idp.gateway().call("GET", "/actuator/health/readiness", null, null).status() == 200;
    } catch (RuntimeException e) {
      return false;
    }
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
    Findings findings = new Checks(Stores.of(data), commands, writers.written()).run(events);
    findings.add(Count.ACKNOWLEDGED, writers.acknowledged());
    findings.add(Count.UNANSWERED, writers.unanswered());
    writers.unexpected().forEach(it -> findings.wrong(Count.UNEXPECTED_ANSWERS, it));
    return findings;
  }

  /** The commands that the broker has accepted since the last round. */
  private List<UUID> commands() throws IOException {
    List<String> lines = Files.readAllLines(accepted);
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
                Stores stores = Stores.of(data);
                return stores.withoutOutcome(commands).isEmpty() && stores.unannounced() == 0;
              });
    } catch (ConditionTimeoutException e) {
      // the checks count what is missing
    }
  }

  @Override
  public void close() throws IOException {
    proxy.close();
    gateway.stop();
    Files.delete(accepted);
  }
}
