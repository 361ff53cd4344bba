package io.gatehouse.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.Gateway;
import org.junit.jupiter.api.Test;

/**
 * Erasure and reactivation meet at the deadline, in the database, in orders that chance decides.
 * {@link ErasureRaceSoak} tries many more.
 */
class ErasureRaceTest {

  @Test
  void losesNobodyWhoComesBackAndKeepsNobodyWhoIsErased() throws Exception {
    try (ErasureRace race = new ErasureRace(Gateway.shared())) {
      race.run(System.nanoTime(), 120);

      assertThat(race.wins()).containsOnlyKeys(Rival.values());
      assertThat(race.wins().values())
          .allSatisfy(
              wins ->
                  assertThat(wins.keySet())
                      .anyMatch(it -> it.startsWith("erased"))
                      .anyMatch(it -> it.startsWith("returned")));
    }
  }
}
