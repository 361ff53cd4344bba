package io.gatehouse.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.support.BrokerProcess;
import io.gatehouse.support.ExternalDatabase;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.GatewayProcess;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * {@code ./mvnw test -Psoak -Dtest=RollingUpgradeSoak -Dprevious=/tmp/previous}: sixteen IdPs write
 * while two gateways of another version, compiled in that folder, are replaced one by one by this
 * one, and then this one by them.
 */
@EnabledIfSystemProperty(named = "previous", matches = ".+")
class RollingUpgradeSoak {

  private static final Duration BOUND = Duration.ofSeconds(16);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** As the chart does, between the end of the endpoint and the signal. */
  private static final long PAUSE_MILLIS = 1_000;

  private final Path previous = Path.of(System.getProperty("previous", "none"));
  private final List<GatewayProcess> running = new ArrayList<>();
  private List<String> stores = List.of();

  @TempDir Path folder;

  @Test
  void refusesLosesAndDoublesNothing() throws Exception {
    try (ExternalDatabase database = ExternalDatabase.start(folder.resolve("pg"));
        BrokerProcess broker = BrokerProcess.start(Gateway.temporaryFolder());
        ReadinessFront front = new ReadinessFront()) {
      stores =
          Stream.of(
                  Stream.of(database.settings()),
                  Stream.of(broker.settings()),
                  Stream.of(Gateway.SECRET_KEY))
              .flatMap(it -> it)
              .toList();
      front.add(old());
      front.add(old());
      ScimClient idp = front.next().connection("standard");
      Gateway.Answer subscription = front.next().subscription(idp.tenant(), "training");
      CountingWriters writers = CountingWriters.begin(idp, front::next);
      try {
        writers.awaitMore();
        roll(front, writers);
      } finally {
        writers.end();
      }
      System.out.println("ROLLING UPGRADE and back: " + writers.summary());
      assertThat(writers.failed()).isZero();
      awaitEvents(database);
      writers.check(Subscriber.of(subscription));
      assertThat(writers.longestAnswer()).isLessThan(BOUND);
      assertNothingPutAside(front.next());
    } finally {
      running.forEach(GatewayProcess::stop);
    }
  }

  private void roll(ReadinessFront front, CountingWriters writers) throws Exception {
    for (GatewayProcess old : List.copyOf(running)) {
      front.remove(old);
      pass(PAUSE_MILLIS);
      stop(old);
      front.add(present());
      writers.awaitMore();
    }
    for (GatewayProcess present : List.copyOf(running)) {
      stop(present); // its readiness says so before it refuses anything
      front.remove(present);
      front.add(old());
      writers.awaitMore();
    }
  }

  private GatewayProcess old() throws IOException {
    return started(
        GatewayProcess.startOther(
            previous.resolve("target/classes"), Gateway.temporaryFolder(), stores));
  }

  private GatewayProcess present() throws IOException {
    List<String> settings = new ArrayList<>(stores);
    settings.add("--gatehouse.stop-delay=3s");
    return started(GatewayProcess.startWith(Gateway.temporaryFolder(), settings));
  }

  private GatewayProcess started(GatewayProcess gateway) {
    running.add(gateway);
    return gateway;
  }

  /** SIGTERM. */
  private void stop(GatewayProcess gateway) {
    gateway.stop();
    running.remove(gateway);
  }

  private static void pass(long millis) throws InterruptedException {
    new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
  }

  private static void awaitEvents(ExternalDatabase database) {
    JdbcClient jdbc =
        JdbcClient.create(new DriverManagerDataSource(database.url(), "postgres", "postgres"));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                jdbc.sql("select not exists (select from change where published_at is null)")
                    .query(Boolean.class)
                    .single());
  }

  private static void assertNothingPutAside(Gateway gateway) {
    String metrics =
        gateway.call("GET", "/actuator/prometheus", Gateway.ADMIN_TOKEN, null).http().body();
    assertThat(metrics.lines().filter(it -> it.startsWith("gatehouse_command_unreadable")))
        .allMatch(it -> it.endsWith(" 0.0"));
  }
}
