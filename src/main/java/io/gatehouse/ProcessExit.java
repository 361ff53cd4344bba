package io.gatehouse;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the process by its own decision, because a gateway that can do nothing must not look
 * alive: one sentence in the log and {@link #STATUS}, so that a supervisor starts it again.
 */
public final class ProcessExit {

  /** EX_SOFTWARE. */
  public static final int STATUS = 70;

  /** Kubernetes and systemd kill what is still there after 30 s or later. */
  private static final Duration PATIENCE = Duration.ofSeconds(28);

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
   * Whether the JVM itself has failed, somewhere among the causes. A stack that overflowed is the
   * fault of what was worked on, and would be so again after the next start.
   */
  public static boolean isDueTo(Throwable failure) {
    for (Throwable it = failure; it != null; it = it.getCause()) {
      if (it instanceof VirtualMachineError && !(it instanceof StackOverflowError)) {
        return true;
      }
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
          LOG.error("The thread {} has ended", thread.getName(), failure);
          if (isDueTo(failure)) {
            because("the JVM has failed, " + failure + ".");
          }
        });
  }

  private static void haltWhenLate() {
    try {
      Thread.sleep(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(STATUS);
  }
}
