package io.gatehouse.race;

import io.gatehouse.support.Gateway;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Many duels, a hundred at a time, and how often each side won. */
final class ErasureRace implements AutoCloseable {

  private static final int ROUND = 100;

  private final Gateway gateway;
  private final Arena arena;
  private final Map<Rival, Map<String, Integer>> wins = new EnumMap<>(Rival.class);
  private int contended;

  ErasureRace(Gateway gateway) throws Exception {
    this.gateway = gateway;
    this.arena = new Arena(gateway);
  }

  void run(long seed, int interleavings) {
    for (int start = 0; start < interleavings; start += ROUND) {
      run(seed + start, seed + Math.min(start + ROUND, interleavings));
    }
  }

  private void run(long firstSeed, long endSeed) {
    try {
      List<Duel> duels =
          arena.fight(LongStream.range(firstSeed, endSeed).mapToObj(Plan::of).toList());
      Aftermath.check(gateway, arena.idp().tenant(), duels);
      duels.forEach(this::count);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("in the round from seed " + firstSeed, e);
    }
  }

  private void count(Duel duel) {
    String winner = (duel.erased() ? "erased" : "returned") + " when " + duel.plan().edge();
    wins.computeIfAbsent(duel.plan().rival(), rival -> new TreeMap<>())
        .merge(winner, 1, Integer::sum);
    contended += duel.order().wasContended() ? 1 : 0;
  }

  /** Who won how often, by what the erasure met and where the deadline stood. */
  Map<Rival, Map<String, Integer>> wins() {
    return wins;
  }

  /** In how many duels one had to wait for the other. */
  int contended() {
    return contended;
  }

  @Override
  public void close() throws Exception {
    arena.close();
  }
}
