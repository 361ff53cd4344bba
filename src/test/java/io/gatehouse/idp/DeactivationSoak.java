package io.gatehouse.idp;

import io.gatehouse.support.Gateway;
import org.junit.jupiter.api.Test;

/**
 * {@code ./mvnw test -Psoak -Dtest=DeactivationSoak -Dbodies=20000 -Dseed=1}: what {@link
 * DeactivationTest} does, for longer.
 */
class DeactivationSoak {

  private static final int THREADS = 4;

  @Test
  void neverLeavesALeaverActiveAfterASuccess() throws Exception {
    Deactivations run =
        new Deactivations(
            Gateway.shared(),
            Integer.getInteger("bodies", 20_000),
            Long.getLong("seed", System.nanoTime()));
    run.run(THREADS);
    System.out.println("SOAK " + run.report());
  }
}
