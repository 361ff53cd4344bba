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
 * @param kills whether a process is killed
 */
record Fault(String target, boolean kills, Strike strike) {

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
    return new Fault(
        "gateway at " + point.word(), true, run -> Optional.of(run.halt(point, passage)));
  }

  /** SIGKILL of some parts together, at any time. */
  static Fault kill(Part first, Part... others) {
    Set<Part> parts = EnumSet.of(first, others);
    return new Fault(
        Part.words(parts) + " at any time",
        true,
        run -> {
          run.pass(ThreadLocalRandom.current().nextInt(LONGEST_MILLIS));
          return Optional.of(run.kill(parts));
        });
  }

  /** Requests arrive, and connections are reset instead of the answers. */
  static Fault cutAnswers() {
    return new Fault(
        "answers cut",
        false,
        run -> {
          run.cutAnswers(LONGEST_MILLIS);
          return Optional.empty();
        });
  }

  /** A gateway stands still, as in a long garbage collection. */
  static Fault freeze() {
    return new Fault(
        "gateway frozen",
        false,
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
    return new Fault("none", false, run -> Optional.empty());
  }

  private static void signal(String name, long pid) throws IOException {
    new ProcessBuilder("kill", name, String.valueOf(pid)).start().onExit().join();
  }
}
