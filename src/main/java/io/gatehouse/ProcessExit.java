package io.gatehouse;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process deliberately, because a gateway that cannot work must not look alive. It logs
 * one sentence and exits with a status, so that a supervisor starts the gateway again.
 */
public final class ProcessExit {

  /** EX_SOFTWARE: a part of the gateway cannot be restarted. */
  public static final int STATUS = 70;

  /** The JVM has failed; the status of {@code -XX:+ExitOnOutOfMemoryError}. */
  public static final int JVM_STATUS = 3;

  /** Less than the 30 s after which Kubernetes kills a process; systemd waits longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(28);

  private static final int MAX_CAUSES = 20;
  private static final Logger LOG = LoggerFactory.getLogger(ProcessExit.class);
  private static final AtomicBoolean ENDING = new AtomicBoolean();

  private static volatile Duration delay = Duration.ZERO;

  private ProcessExit() {}

  /** Lets the shutdown take longer by the time in which it does nothing on purpose. */
  public static void allow(Duration time) {
    delay = time;
  }

  /** Starts the shutdown and returns at once. Only the first reason is logged. */
  public static void because(String sentence) {
    if (!ENDING.compareAndSet(false, true)) {
      return;
    }
    try {
      LOG.error("The gateway exits: {}", sentence);
      // In a thread of its own, because the shutdown may wait for the calling thread.
      new Thread(() -> System.exit(STATUS), "gatehouse-exit").start();
    } catch (OutOfMemoryError e) {
      Runtime.getRuntime().halt(STATUS);
    }
  }

  /**
   * Ends the process at once, without shutdown hooks, if the failure is or is caused by a failure
   * of the JVM. A process without memory would neither answer nor end.
   */
  public static void check(@Nullable Throwable failure) {
    if (isDueTo(failure)) {
      try {
        LOG.error("The process ends, because the JVM cannot go on: {}", String.valueOf(failure));
      } finally {
        Runtime.getRuntime().halt(JVM_STATUS);
      }
    }
  }

  /**
   * Whether the failure or one of its causes is a failure of the JVM. A stack overflow is not: it
   * is a fault of the work that was done, and would recur after a restart.
   */
  static boolean isDueTo(@Nullable Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      if (cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** Bounds the shutdown of the process, and checks every uncaught failure of a thread. */
  static void watch() {
    Thread deadline = new Thread(ProcessExit::haltWhenLate, "gatehouse-deadline");
    deadline.setDaemon(true);
    Runtime.getRuntime().addShutdownHook(new Thread(deadline::start));
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          check(failure);
          LOG.error("The thread {} has ended", thread.getName(), failure);
        });
  }

  private static void haltWhenLate() {
    try {
      TimeUnit.MILLISECONDS.sleep(PATIENCE.plus(delay).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(STATUS);
  }
}
