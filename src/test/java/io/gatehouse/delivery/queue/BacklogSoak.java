package io.gatehouse.delivery.queue;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.broker.BrokerConnection;
import io.gatehouse.support.BrokerView;
import io.gatehouse.support.Flood;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.GatewayProcess;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * {@code ./mvnw test -Psoak -Dtest=BacklogSoak -DargLine=-Xmx512m -DforkCount=1 -Dsubscribers=10
 * -Devents=1000000 -Dtenants=1}: what {@link BacklogTest} does, with all that subscribers may leave
 * unread. Events are stored once for each tenant, and wait for each of its subscribers.
 */
class BacklogSoak {

  private static final int SUBSCRIBERS = Integer.getInteger("subscribers", 10);
  private static final int EVENTS = Integer.getInteger("events", 1_000_000);
  private static final int TENANTS = Integer.getInteger("tenants", 1);
  private static final int LIMIT = 2 * EVENTS;
  private static final int CLIENTS = 16;
  private static final int WRITES = 2_000;
  private static final Duration RESTART = Duration.ofSeconds(60);

  private final Path data = Gateway.temporaryFolder();
  private final AtomicInteger names = new AtomicInteger();
  private int brokerPort;

  @Test
  void takesNothingFromWritesAndRestartsInAMinute() throws Exception {
    List<ScimClient> idps = new ArrayList<>();
    List<Gateway.Answer> subscriptions = new ArrayList<>();
    try (Gateway gateway = Gateway.start(data, "--gatehouse.subscriptions.max-backlog=" + LIMIT)) {
      brokerPort = gateway.bean(BrokerConnection.class).publicPort();
      for (int i = 0; i < TENANTS; i++) {
        idps.add(gateway.connection("standard"));
      }
      writes(idps.get(0), WRITES);
      report("writes before", writes(idps.get(0), WRITES) + " a second");
      for (int i = 0; i < SUBSCRIBERS; i++) {
        subscriptions.add(gateway.subscription(idps.get(i % TENANTS).tenant(), "offline" + i));
      }
      fill(gateway, idps);
      try (BrokerView broker = BrokerView.of(gateway)) {
        report("events in memory", broker.brokerAttribute("addressMemoryUsage") / 1024 + " KiB");
      }
      report("writes after", writes(idps.get(0), WRITES) + " a second");
    }
    Instant start = Instant.now();
    GatewayProcess restarted =
        GatewayProcess.start(
            data, brokerPort, "-Xmx512m", "-Dgatehouse.subscriptions.max-backlog=" + LIMIT);
    Duration took = Duration.between(start, Instant.now());
    report("restart", took.toMillis() + " ms");
    try {
      ScimClient old = idps.get(0);
      ScimClient idp =
          new ScimClient(restarted.client(), old.tenant(), old.connection(), old.token());
      report("writes after the restart", writes(idp, WRITES) + " a second");
      read(subscriptions.get(0));
    } finally {
      restarted.stop();
    }
    assertThat(took).isLessThan(RESTART);
  }

  private void fill(Gateway gateway, List<ScimClient> idps) throws Exception {
    var filling = Executors.newSingleThreadExecutor();
    Instant start = Instant.now();
    var filled =
        filling.submit(() -> idps.forEach(idp -> new Flood(gateway, idp.tenant()).send(EVENTS)));
    while (!filled.isDone()) {
      report("writes meanwhile", writes(idps.get(0), WRITES) + " a second, heap " + heap());
    }
    filled.get();
    filling.shutdown();
    report("filled", Duration.between(start, Instant.now()).toSeconds() + " s");
  }

  /** Creates in a second; each of them must succeed. */
  private long writes(ScimClient idp, int count) throws Exception {
    var threads = Executors.newFixedThreadPool(CLIENTS);
    Instant start = Instant.now();
    List<Callable<Integer>> work = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      work.add(() -> idp.create(user("u" + names.incrementAndGet() + "@example.com")).status());
    }
    for (var answer : threads.invokeAll(work)) {
      assertThat(answer.get()).isEqualTo(201);
    }
    threads.shutdown();
    return count * 1_000L / Duration.between(start, Instant.now()).toMillis();
  }

  private static void read(Gateway.Answer subscription) throws Exception {
    try (Subscriber reader = Subscriber.of(subscription)) {
      for (int i = 0; i < Math.min(EVENTS, 10_000); i++) {
        String sequence = reader.next().path("sequence").asText();
        assertThat(Long.parseLong(sequence)).as("event " + i).isNotNegative();
      }
    }
  }

  private static String heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024 / 1024
        + " MiB";
  }

  private static void report(String what, String figure) {
    System.out.println("SOAK " + what + ": " + figure);
  }
}
