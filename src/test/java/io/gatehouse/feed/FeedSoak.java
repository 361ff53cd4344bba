package io.gatehouse.feed;

import org.junit.jupiter.api.Test;

/**
 * {@code ./mvnw test -Psoak -Dtest=FeedSoak -Dchanges=20000 -Dpeople=2000}: what {@link FeedTest}
 * does, for longer.
 */
class FeedSoak {

  @Test
  void bringsEveryVersionInOrderAndTheStateOfTheStoreToEachSubscriber() throws Exception {
    FeedRun run =
        new FeedRun(Integer.getInteger("changes", 20_000), Integer.getInteger("people", 2_000), 2);
    run.run();
    System.out.println("SOAK " + run.report());
  }
}
