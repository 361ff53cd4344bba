package io.gatehouse.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.BrokerPair;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./mvnw test -Psoak -Dtest=BrokerPairSoak -Dkills=3}: sixteen IdPs write while the broker
 * is killed, its backup takes over, and the broker comes back.
 */
class BrokerPairSoak {

  private static final int KILLS = Integer.getInteger("kills", 2);

  /** The longest that a client may wait for an answer. */
  private static final Duration BOUND = Duration.ofSeconds(16);

  @TempDir Path folder;

  @Test
  void losesDoublesAndInvertsNothing() throws Exception {
    try (BrokerPair pair = BrokerPair.start(folder);
        Gateway gateway = Gateway.start(Gateway.temporaryFolder(), pair.settings())) {
      ScimClient idp = gateway.connection("standard");
      Gateway.Answer subscription = gateway.subscription(idp.tenant(), "training");
      CountingWriters writers = CountingWriters.begin(idp, () -> gateway);
      try {
        for (int kill = 0; kill < KILLS; kill++) {
          writers.awaitMore();
          long start = System.nanoTime();
          pair.fail();
          writers.awaitMore();
          report("failover", start);
          pair.failBack();
          writers.awaitMore();
          report("failover and failback", start);
        }
        pair.loseTheBackup();
        writers.awaitMore();
      } finally {
        writers.end();
      }
      System.out.println("BROKER PAIR " + KILLS + " kills: " + writers.summary());
      CountingWriters.awaitEvents(gateway);
      writers.check(pair.subscriber(subscription));
      assertThat(writers.longestAnswer()).isLessThan(BOUND);
    }
  }

  private static void report(String what, long start) {
    System.out.printf(
        "BROKER PAIR %s and more changes after %d ms%n",
        what, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }
}
