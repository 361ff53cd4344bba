package io.gatehouse.kill;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.GatewayProcess;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code ./mvnw test -Psoak -Dtest=KillSoak -Dkills=10}: sixteen IdPs write while the gateway is
 * killed, alone or together with PostgreSQL.
 */
class KillSoak {

  private static final int KILLS = Integer.getInteger("kills", 10);

  private volatile GatewayProcess gateway;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void losesDoublesAndInvertsNothing(boolean withDatabase) throws Exception {
    gateway = GatewayProcess.start(Gateway.temporaryFolder());
    try {
      ScimClient idp = gateway.client().connection("standard");
      Gateway.Answer subscription = gateway.client().subscription(idp.tenant(), "training");
      CountingWriters writers = CountingWriters.begin(idp, () -> gateway.client());
      Duration longest = Duration.ZERO;
      for (int kill = 0; kill < KILLS; kill++) {
        pass(ThreadLocalRandom.current().nextLong(1_000, 4_000));
        long start = System.nanoTime();
        killed(withDatabase);
        Duration down = Duration.ofNanos(System.nanoTime() - start);
        longest = longest.compareTo(down) > 0 ? longest : down;
      }
      writers.end();
      System.out.printf(
          "KILLS %d, with PostgreSQL %s: %s, longest restart %d ms%n",
          KILLS, withDatabase, writers.summary(), longest.toMillis());
      writers.check(Subscriber.of(subscription));
    } finally {
      gateway.stop();
    }
  }

  private void killed(boolean withDatabase) throws Exception {
    gateway.kill();
    if (withDatabase) {
      gateway.killDatabase();
    }
    gateway = gateway.restart();
  }

  private static void pass(long millis) throws InterruptedException {
    new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
  }
}
