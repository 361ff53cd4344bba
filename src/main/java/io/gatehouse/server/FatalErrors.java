package io.gatehouse.server;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when the JVM says that it cannot go on, because one that lives on without memory
 * answers nothing and does not end. {@code -XX:+ExitOnOutOfMemoryError} does the same earlier; this
 * is for a process that was started without.
 */
public final class FatalErrors {

  /** The exit status, the same as that of {@code -XX:+ExitOnOutOfMemoryError}. */
  public static final int STATUS = 3;

  private static final Logger LOG = LoggerFactory.getLogger(FatalErrors.class);
  private static final int MAX_CAUSES = 20;

  private FatalErrors() {}

  /** Watches all threads whose failures nobody catches. */
  public static void watch() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          check(failure);
          LOG.error("The thread {} ended", thread.getName(), failure);
        });
  }

  /** Ends the process, without shutdown hooks, if this failure is or is caused by such an error. */
  public static void check(@Nullable Throwable failure) {
    if (fatal(failure).isPresent()) {
      try {
        LOG.error("The process ends, because the JVM cannot go on: {}", String.valueOf(failure));
      } finally {
        Runtime.getRuntime().halt(STATUS);
      }
    }
  }

  /** A stack that overflows is the fault of one computation, and leaves nothing broken. */
  static Optional<Throwable> fatal(@Nullable Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      if (cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError)) {
        return Optional.of(cause);
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }
}
