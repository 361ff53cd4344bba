package io.gatehouse.attack;

import io.gatehouse.support.ScimClient;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What other tenants notice of an attack, on 512 MB of heap. Prints a line for each attack; {@code
 * -Dattacks=} names some of them, {@code -Djar=} measures another build.
 */
class AttackSoak {

  private static final long BEFORE_SECONDS = 10;
  private static final long AFTER_SECONDS = 60;

  static List<Attack> attacks() {
    String some = System.getProperty("attacks");
    return some == null
        ? List.of(Attack.values())
        : Arrays.stream(some.split(",")).map(Attack::valueOf).toList();
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void measuresWhatAnInnocentTenantGets(Attack attack) throws Exception {
    try (AttackedGateway gateway = AttackedGateway.start()) {
      ScimClient attacker = gateway.client().connection("standard");
      attack.prepare(gateway, attacker);
      try (Innocent innocent = new Innocent(gateway.client().connection("standard"))) {
        long first = System.nanoTime();
        pass(BEFORE_SECONDS);
        long begin = System.nanoTime();
        attack.run(gateway, attacker);
        long end = System.nanoTime();
        long memory = gateway.residentMegabytes();
        pass(AFTER_SECONDS);
        System.out.printf(
            "%s lasted %d s; before %s; during %s; after %s; recovered after %d ms; rss %d MB,"
                + " alive %s, log %d KB%n",
            attack,
            TimeUnit.NANOSECONDS.toSeconds(end - begin),
            innocent.between(first, begin),
            innocent.between(begin, end),
            innocent.between(end, System.nanoTime()),
            innocent.recoveredAfter(end),
            memory,
            gateway.process().isAlive(),
            gateway.logKilobytes());
      }
    }
  }

  private static void pass(long seconds) throws InterruptedException {
    new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
  }
}
