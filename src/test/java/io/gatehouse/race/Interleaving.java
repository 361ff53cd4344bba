package io.gatehouse.race;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes two threads through their steps in an order that chance decides. A thread that waits for a
 * lock of the other one, which the database knows, is left waiting while the other goes on.
 */
final class Interleaving {

  private static final long MOMENT_MILLIS = 1;
  private static final int PATIENCE = 20_000;

  private final JdbcClient jdbc;
  private final Stepper first;
  private final Stepper second;
  private final List<String> order = new ArrayList<>();
  private boolean contended;
  private int moments;

  Interleaving(JdbcClient jdbc, Stepper first, Stepper second) {
    this.jdbc = jdbc;
    this.first = first;
    this.second = second;
  }

  /**
   * Goes on until both are done.
   *
   * @param bias how likely the first goes next, when both can
   * @param between what to do after each step
   */
  void run(SplittableRandom random, double bias, Runnable between) {
    while (!first.isDone() || !second.isDone()) {
      boolean one = first.arrives(0) && !first.isDone();
      boolean other = second.arrives(0) && !second.isDone();
      if (one || other) {
        boolean firstGoes = one && (!other || random.nextDouble() < bias);
        step(firstGoes ? first : second);
        between.run();
      } else {
        // they wait for each other, until the database ends that, or for somebody else
        settle(first.isMoving() ? first : second);
      }
    }
  }

  private void step(Stepper next) {
    Stepper other = next == first ? second : first;
    next.go();
    settle(next, other);
    order.add(next.toString());
    if (next.isOutside() && other.isMoving()) {
      settle(other, next);
      order.add(other.toString());
    }
  }

  /** Waits until it has come to its next gate, or stands before a lock of the other. */
  private void settle(Stepper moving, Stepper other) {
    while (!settle(moving)) {
      if (!other.isOutside() && waits(moving, other)) {
        contended = true;
        return;
      }
    }
  }

  private boolean settle(Stepper moving) {
    boolean arrived = moving.arrives(MOMENT_MILLIS);
    moments = arrived ? 0 : moments + 1;
    if (moments > PATIENCE) {
      throw new AssertionError("stuck: " + this);
    }
    return arrived;
  }

  private boolean waits(Stepper waiting, Stepper holder) {
    return jdbc.sql("select ? = any(pg_blocking_pids(?))")
        .params(holder.backend(), waiting.backend())
        .query(Boolean.class)
        .single();
  }

  /** Whether one had to wait for the other. */
  boolean wasContended() {
    return contended;
  }

  @Override
  public String toString() {
    return String.join(", ", order);
  }
}
