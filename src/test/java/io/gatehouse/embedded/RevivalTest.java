package io.gatehouse.embedded;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** An embedded part that ends by itself is there again soon, and nothing answered is lost. */
class RevivalTest {

  private static final Path DATA = Gateway.temporaryFolder();
  private static final Gateway GATEWAY = Gateway.start(DATA);
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Before a writer that was refused tries the next. */
  private static final Duration BREATH = Duration.ofMillis(100);

  private static final Set<Integer> HONEST = Set.of(201, 503);

  private final ScimClient idp = GATEWAY.connection("standard");
  private final EmbeddedBroker broker = GATEWAY.bean(EmbeddedBroker.class);
  private final Map<UUID, String> answered = new ConcurrentHashMap<>();
  private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();

  @AfterAll
  static void stop() {
    GATEWAY.close();
  }

  @Test
  void leavesAPartOfTheDiskToTheDatabase() {
    var settings = broker.server().getConfiguration();

    assertThat(settings.getMinDiskFree()).isBetween(1L, 1L << 30);
    assertThat(settings.getMaxDiskUsage()).isEqualTo(-1);
  }

  @Test
  void startsTheBrokerAgainAfterACriticalErrorOfItsJournal() throws Exception {
    Answer subscription = GATEWAY.subscription(idp.tenant(), "training");
    ActiveMQServer before = broker.server();
    int port = broker.port();

    writeDuring(
        () -> {
          new Journal(broker).fail();
          await().atMost(SOON).until(() -> broker.server() != before && broker.isRunning());
        });

    assertNothingIsLost();
    assertThat(broker.port()).isEqualTo(port);
    assertEachIsAnnounced(subscription);
  }

  @Test
  void startsTheBrokerAgainASecondTimeWithAnIdleGateway() {
    for (int i = 0; i < 2; i++) {
      ActiveMQServer before = broker.server();
      new Journal(broker).fail();
      await().atMost(SOON).until(() -> broker.server() != before && broker.isRunning());
    }

    await()
        .atMost(SOON)
        .until(() -> idp.create(user("ada@example.com")).status(), it -> it == 201 || it == 409);
  }

  @Test
  void startsPostgresAgainWhenItsProcessIsKilled() throws Exception {
    Answer subscription = GATEWAY.subscription(idp.tenant(), "training");
    long before = postmaster().orElseThrow().pid();

    writeDuring(
        () -> {
          ProcessHandle.of(before).orElseThrow().destroyForcibly();
          await()
              .atMost(SOON)
              .ignoreExceptions()
              .until(() -> postmaster().filter(it -> it.pid() != before).isPresent());
        });

    assertNothingIsLost();
    assertEachIsAnnounced(subscription);
  }

  private static Optional<ProcessHandle> postmaster() throws Exception {
    List<String> lines = Files.readAllLines(DATA.resolve("pg/postmaster.pid"));
    return ProcessHandle.of(Long.parseLong(lines.get(0)));
  }

  /** Something that happens. */
  private interface Event {
    void happen() throws Exception;
  }

  /** Four writers before, during and after; then one more write, which must soon succeed. */
  private void writeDuring(Event event) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService writers = Executors.newFixedThreadPool(4);
    for (int writer = 0; writer < 4; writer++) {
      String prefix = "writer" + writer + "-";
      writers.execute(
          () -> {
            for (int i = 0; !over.get(); i++) {
              write(prefix + i + "@example.com");
            }
          });
    }
    await().until(() -> answered.size() > 50);
    event.happen();
    int there = answered.size();
    await().atMost(SOON).until(() -> answered.size() > there + 50);
    over.set(true);
    writers.shutdown();
    assertThat(writers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
  }

  private void write(String name) {
    Answer answer = idp.create(user(name));
    statuses.merge(answer.status(), 1, Integer::sum);
    if (answer.status() == 201) {
      answered.put(answer.id(), name);
    } else {
      LockSupport.parkNanos(BREATH.toNanos());
    }
  }

  private void assertNothingIsLost() {
    assertThat(HONEST).containsAll(statuses.keySet());
    answered.forEach(
        (id, name) -> assertThat(idp.get(id).json().path("userName").asText()).isEqualTo(name));
  }

  private void assertEachIsAnnounced(Answer subscription) throws Exception {
    Set<UUID> missing = new HashSet<>(answered.keySet());
    try (Subscriber training = Subscriber.of(subscription)) {
      while (!missing.isEmpty()) {
        String subject = training.next().path("subject").asText();
        missing.remove(UUID.fromString(subject.substring(subject.lastIndexOf('/') + 1)));
      }
    }
  }
}
