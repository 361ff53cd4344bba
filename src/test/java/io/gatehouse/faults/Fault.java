package io.gatehouse.faults;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What happens to processes while clients write.
 *
 * @param target the parts that suffer, and where
 * @param kills how many times processes are killed
 */
record Fault(String target, int kills, Strike strike) {

  private static final int LONGEST_MILLIS = 400;

  /** Makes it happen, waits until all is well again, and says how many milliseconds that took. */
  @FunctionalInterface
  interface Strike {
    Optional<Long> on(FaultRun run) throws Exception;
  }

  Optional<Long> strike(FaultRun run) throws Exception {
    return strike.on(run);
  }

  /** A gateway halts at the n-th passage of a point. */
  static Fault halt(HaltPoint point, int passage) {
    return new Fault("gateway at " + point.word(), 1, run -> Optional.of(run.halt(point, passage)));
  }

  /** SIGKILL of some parts together, at any time. */
  static Fault kill(Part first, Part... others) {
    Set<Part> parts = EnumSet.of(first, others);
    return new Fault(
        Part.words(parts) + " at any time",
        1,
        run -> {
          passAMoment(run);
          return Optional.of(run.kill(parts));
        });
  }

  /** SIGKILL of a part that is not a gateway, and once more as soon as it takes connections. */
  static Fault killTwice(Part part) {
    return new Fault(
        Part.words(Set.of(part)) + " and again as it recovers",
        2,
        run -> {
          passAMoment(run);
          run.killAndStart(part);
          return Optional.of(run.kill(Set.of(part)));
        });
  }

  /** Requests arrive, and connections are reset instead of the answers. */
  static Fault cutAnswers() {
    return new Fault(
        "answers cut",
        0,
        run -> {
          run.cutAnswers(LONGEST_MILLIS);
          return Optional.empty();
        });
  }

  /** A gateway stands still, as in a long garbage collection. */
  static Fault freeze() {
    return new Fault(
        "gateway frozen",
        0,
        run -> {
          long pid = run.anyGateway().handle().pid();
          signal("-STOP", pid);
          run.pass(2_000);
          signal("-CONT", pid);
          return Optional.empty();
        });
  }

  /** Nothing but the clients. */
  static Fault none() {
    return new Fault("none", 0, run -> Optional.empty());
  }

  private static void passAMoment(FaultRun run) throws InterruptedException {
    run.pass(ThreadLocalRandom.current().nextInt(LONGEST_MILLIS));
  }

  private static void signal(String name, long pid) throws IOException {
    new ProcessBuilder("kill", name, String.valueOf(pid)).start().onExit().join();
  }
}
