package io.gatehouse.feed;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.GatewayProcess;
import org.junit.jupiter.api.Test;

/**
 * {@code ./mvnw test -Psoak -Dtest=FeedSoak -Dchanges=20000 -Dpeople=2000}: what {@code KillTest}
 * does with subscribers, for longer and through two kills.
 */
class FeedSoak {

  private static final int KILLS = 2;

  @Test
  void bringsEveryVersionInOrderAndTheStateOfTheStoreToEachSubscriber() throws Exception {
    int changes = Integer.getInteger("changes", 20_000);
    GatewayProcess process = GatewayProcess.start(Gateway.temporaryFolder());
    try (FeedRun run =
        new FeedRun(process.client(), changes, Integer.getInteger("people", 2_000))) {
      run.begin();
      for (int kill = 1; kill <= KILLS; kill++) {
        run.after(changes * kill / (KILLS + 1));
        process.kill();
        process = process.restart();
      }
      run.end();
      System.out.println("SOAK " + run.report());
    } finally {
      process.stop();
    }
  }
}
