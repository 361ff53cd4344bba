package io.gatehouse.faults;

import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What happens to a gateway while clients write.
 *
 * @param target the part that suffers, and where
 * @param kills whether a process is killed
 */
record Fault(String target, boolean kills, Strike strike) {

  private static final int LONGEST_MILLIS = 400;

  /** Makes it happen, and waits until the gateway is ready again. */
  @FunctionalInterface
  interface Strike {
    void on(FaultRun run) throws Exception;
  }

  void strike(FaultRun run) throws Exception {
    strike.on(run);
  }

  /** The gateway and the broker in it halt at the n-th passage of a point. */
  static Fault halt(HaltPoint point, int passage) {
    return new Fault(
        "gateway at " + point.word(),
        true,
        run -> {
          run.gateway().tell(point.word() + " " + passage);
          run.restart();
        });
  }

  /** SIGKILL of the gateway with the broker in it, at any time. */
  static Fault kill() {
    return new Fault(
        "gateway at any time",
        true,
        run -> {
          passAMoment(run);
          run.gateway().kill();
          run.restart();
        });
  }

  /** SIGKILL of the gateway and of PostgreSQL. */
  static Fault killAll() {
    return new Fault(
        "gateway and PostgreSQL",
        true,
        run -> {
          passAMoment(run);
          run.gateway().kill();
          run.gateway().killDatabase();
          run.restart();
        });
  }

  /** SIGKILL of PostgreSQL, which the gateway starts again. */
  static Fault killDatabase() {
    return new Fault(
        "PostgreSQL",
        true,
        run -> {
          passAMoment(run);
          long start = System.nanoTime();
          run.gateway().killDatabase();
          run.awaitReady(start);
        });
  }

  /** Requests arrive, and connections are reset instead of the answers. */
  static Fault cutAnswers() {
    return new Fault(
        "answers cut",
        false,
        run -> {
          run.proxy().cutAnswers();
          run.pass(LONGEST_MILLIS);
          run.proxy().heal();
        });
  }

  /** The gateway stands still, as in a long garbage collection. */
  static Fault freeze() {
    return new Fault(
        "gateway frozen",
        false,
        run -> {
          signal("-STOP", run);
          run.pass(2_000);
          signal("-CONT", run);
        });
  }

  /** Nothing but the clients. */
  static Fault none() {
    return new Fault("none", false, run -> {});
  }

  private static void passAMoment(FaultRun run) throws InterruptedException {
    run.pass(ThreadLocalRandom.current().nextInt(LONGEST_MILLIS));
  }

  private static void signal(String name, FaultRun run) throws IOException {
    new ProcessBuilder("kill", name, String.valueOf(run.gateway().handle().pid()))
        .start()
        .onExit()
        .join();
  }
}
