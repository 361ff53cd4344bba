package io.gatehouse.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.BrokerPair;
import io.gatehouse.support.DatabasePair;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.GatewayProcess;
import io.gatehouse.support.ScimClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./mvnw test -Psoak -Dtest=EverythingFailsSoak -Dminutes=10}: sixteen IdPs write to two
 * gateways on a pair of brokers and a pair of databases, while one of the four is killed and
 * started again every twenty seconds.
 */
class EverythingFailsSoak {

  private static final Duration RUN = Duration.ofMinutes(Integer.getInteger("minutes", 10));
  private static final Duration PERIOD = Duration.ofSeconds(20);

  /** The longest that a client may wait for an answer. */
  private static final Duration BOUND = Duration.ofSeconds(16);

  /** Of each writer, because each broker that returns copies all unread events. */
  private static final Duration PAUSE = Duration.ofMillis(150);

  @TempDir Path folder;

  private final Map<String, List<Duration>> times = new LinkedHashMap<>();
  private DatabasePair databases;
  private BrokerPair brokers;
  private GatewayProcess[] gateways;
  private CountingWriters writers;

  @Test
  void losesDoublesAndInvertsNothing() throws Exception {
    try (DatabasePair databasePair = DatabasePair.start(folder, true);
        BrokerPair brokerPair = BrokerPair.start(folder)) {
      databases = databasePair;
      brokers = brokerPair;
      gateways = new GatewayProcess[] {process(), process()};
      try {
        run();
      } finally {
        for (GatewayProcess gateway : gateways) {
          gateway.kill();
        }
      }
    }
  }

  private GatewayProcess process() throws Exception {
    List<String> jvm = new ArrayList<>(GatewayProcess.QUICK);
    jvm.add("-Xmx512m");
    return GatewayProcess.onStores(jvm, databases.settings(), brokers.settings());
  }

  private void run() throws Exception {
    Gateway[] clients = {gateways[0].client(), gateways[1].client()};
    ScimClient idp = clients[0].connection("standard");
    Gateway.Answer subscription = clients[0].subscription(idp.tenant(), "training");
    writers =
        CountingWriters.begin(
            idp, List.of(() -> clients[0], () -> clients[1]), CountingWriters.Pace.resting(PAUSE));
    int kills = 0;
    try {
      writers.awaitMore();
      long end = System.nanoTime() + RUN.toNanos();
      while (System.nanoTime() < end) {
        long next = System.nanoTime() + PERIOD.toNanos();
        kill(kills++);
        writers.awaitMore();
        LockSupport.parkNanos(next - System.nanoTime());
      }
    } finally {
      writers.end();
      report(kills);
    }
    CountingWriters.awaitEvents(databases.client());
    writers.check(brokers.subscriber(subscription));
    assertThat(writers.longestAnswer()).isLessThan(BOUND);
  }

  /** Kills the next of the four, and waits until it is back. */
  private void kill(int number) throws Exception {
    switch (number % 4) {
      case 0, 2 -> killGateway(number / 2 % 2);
      case 1 -> measured("broker", brokers::fail, brokers::failBack);
      default -> measured("database", databases::fail, databases::returnAsStandby);
    }
  }

  private void killGateway(int number) throws Exception {
    measured(
        "gateway", gateways[number]::kill, () -> gateways[number] = gateways[number].restart());
  }

  private interface Step {
    void run() throws Exception;
  }

  private void measured(String part, Step fail, Step restart) throws Exception {
    long start = System.nanoTime();
    fail.run();
    writers.awaitMore();
    note(part + " killed, changes go on", start);
    restart.run();
    note(part + " killed, and back", start);
  }

  private void note(String what, long start) {
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    times.computeIfAbsent(what, it -> new ArrayList<>()).add(time);
    System.out.println("EVERYTHING FAILS " + what + " after " + time.toMillis() + " ms");
  }

  private void report(int kills) {
    System.out.println("EVERYTHING FAILS " + kills + " kills: " + writers.summary());
    times.forEach(
        (what, all) -> {
          List<Duration> sorted = all.stream().sorted().toList();
          System.out.printf(
              "EVERYTHING FAILS %-34s %2d times, p50 %5d ms, max %5d ms%n",
              what,
              sorted.size(),
              sorted.get(sorted.size() / 2).toMillis(),
              sorted.get(sorted.size() - 1).toMillis());
        });
    System.out.println(writers.histogram());
  }
}
