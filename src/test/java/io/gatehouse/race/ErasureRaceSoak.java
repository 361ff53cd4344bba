package io.gatehouse.race;

import io.gatehouse.support.Gateway;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * {@code ./mvnw test -Psoak -Dinterleavings=10000 -Dseed=1}: the race of {@link ErasureRaceTest},
 * for longer.
 */
class ErasureRaceSoak {

  @Test
  void losesNobodyWhoComesBackAndKeepsNobodyWhoIsErased() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    int interleavings = Integer.getInteger("interleavings", 10_000);
    try (ErasureRace race = new ErasureRace(Gateway.shared())) {
      Instant start = Instant.now();
      race.run(seed, interleavings);
      System.out.printf(
          "SOAK %d interleavings, seed %d, in %s; one waited for the other in %d%n",
          interleavings, seed, Duration.between(start, Instant.now()), race.contended());
      race.wins().forEach((rival, wins) -> System.out.println("SOAK " + rival + " " + wins));
    }
  }
}
