package io.gatehouse.embedded;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.GatewayProcess;
import io.gatehouse.support.ScimClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * {@code ./mvnw test -Psoak -Dtest=CompactionSoak -Djdk=/usr/lib/jvm/...}: 200,000 creates on that
 * JDK, with a compaction of the broker's journal after every 5,000.
 */
class CompactionSoak {

  private static final int CREATES = Integer.getInteger("creates", 200_000);
  private static final int CLIENTS = 16;
  private static final int BETWEEN = 5_000;

  private final AtomicInteger created = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  @Test
  void answersEveryCreateWhileTheJournalIsCompacted() throws Exception {
    GatewayProcess gateway = GatewayProcess.start(DrivenGateway.class, Gateway.temporaryFolder());
    try {
      long start = System.nanoTime();
      createAll(gateway);
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      long compactions =
          gateway.log().lines().filter(it -> it.contains(DrivenGateway.COMPACTED)).count();
      System.out.printf(
          "JDK %s: %d creates in %d s, %d compactions, %d failures, %d critical errors%n",
          System.getProperty("jdk", System.getProperty("java.home")),
          created.get(),
          time.toSeconds(),
          compactions,
          failed.get(),
          gateway.log().lines().filter(it -> it.contains("AMQ222010")).count());
      assertThat(failed).hasValue(0);
      assertThat(compactions).isGreaterThanOrEqualTo(CREATES / BETWEEN - 1);
      assertThat(gateway.log()).doesNotContain("AMQ222010", "has ended by itself");
    } finally {
      gateway.stop();
    }
  }

  private void createAll(GatewayProcess gateway) throws Exception {
    ScimClient idp = gateway.client().connection("standard");
    AtomicInteger next = new AtomicInteger();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    for (int client = 0; client < CLIENTS; client++) {
      clients.submit(
          () -> {
            for (int i = next.getAndIncrement(); i < CREATES; i = next.getAndIncrement()) {
              create(idp, i);
              if (i % BETWEEN == BETWEEN - 1) {
                synchronized (gateway) {
                  gateway.tell(DrivenGateway.COMPACT);
                }
              }
            }
            return null;
          });
    }
    clients.shutdown();
    assertThat(clients.awaitTermination(40, TimeUnit.MINUTES)).isTrue();
  }

  private void create(ScimClient idp, int number) {
    try {
      int status = idp.create(user("user" + number + "@example.com")).status();
      (status == 201 ? created : failed).incrementAndGet();
    } catch (RuntimeException e) {
      failed.incrementAndGet();
    }
  }
}
