package io.gatehouse.race;

import java.util.SplittableRandom;

/**
 * What is tried in one interleaving; all of it follows from the seed.
 *
 * @param bias how likely the erasure goes next, when both can
 */
record Plan(long seed, Rival rival, Edge edge, double bias) {

  /** Where the deadline stands. */
  enum Edge {
    PASSED,
    /** It is the very time of the transaction that erases. */
    REACHED,
    /** It is the next microsecond after that. */
    MISSED,
    /** It is some milliseconds after the start. */
    NEAR
  }

  static Plan of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Plan(
        seed,
        Rival.values()[random.nextInt(Rival.values().length)],
        Edge.values()[random.nextInt(Edge.values().length)],
        random.nextDouble());
  }

  /** For the order of the steps. */
  SplittableRandom random() {
    return new SplittableRandom(~seed);
  }
}
