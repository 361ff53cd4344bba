package io.gatehouse;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the process by its own decision, because a gateway that can do nothing must not look
 * alive: one sentence in the log and a status, so that a supervisor starts it again.
 */
public final class ProcessExit {

  /** EX_SOFTWARE: a part of the gateway cannot be started again. */
  public static final int STATUS = 70;

  /** The JVM has failed: the status of {@code -XX:+ExitOnOutOfMemoryError}. */
  public static final int JVM_STATUS = 3;

  /** Kubernetes and systemd kill what is still there after 30 s or later. */
  private static final Duration PATIENCE = Duration.ofSeconds(28);

  private static final int MAX_CAUSES = 20;
  private static final Logger LOG = LoggerFactory.getLogger(ProcessExit.class);
  private static final AtomicBoolean ENDING = new AtomicBoolean();

  private ProcessExit() {}

  /** Ends the process, and returns at once; the first reason is the one that is logged. */
  public static void because(String sentence) {
    if (!ENDING.compareAndSet(false, true)) {
      return;
    }
    try {
      LOG.error("The gateway exits: {}", sentence);
      // Not here: the shutdown may wait for the thread that calls.
      new Thread(() -> System.exit(STATUS), "gatehouse-exit").start();
    } catch (OutOfMemoryError e) {
      Runtime.getRuntime().halt(STATUS);
    }
  }

  /**
   * Ends the process at once, without shutdown hooks, if a failure is or is caused by one of the
   * JVM: without memory it would answer nothing and not end either.
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
   * Whether the JVM itself has failed, somewhere among the causes. A stack that overflowed is the
   * fault of what was worked on, and would be so again after the next start.
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

  /** For the whole process: a shutdown is bounded, and no thread dies of the JVM unnoticed. */
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
      TimeUnit.MILLISECONDS.sleep(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(STATUS);
  }
}
