package io.gatehouse.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Passes to another appender the events that the budget allows. An event that is too long is cut to
 * its first line. An event that does not fit is counted, and the number is logged every ten
 * seconds, with the logger that caused most of them.
 *
 * <p>The security log is passed on unlimited here: it has limits of its own.
 */
final class LimitedAppender extends AppenderBase<ILoggingEvent> {

  /** Frames of each exception, as in the pattern of the console. */
  static final int FRAMES = 20;

  private static final String SECURITY = "gatehouse.security";
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(10);

  private final Appender<ILoggingEvent> target;
  private final LongSupplier nanos;
  private final LineBudget budget;
  private final Map<String, Integer> leftOut = new HashMap<>();
  private long reportedAt;

  LimitedAppender(Appender<ILoggingEvent> target, LongSupplier nanos) {
    this.target = target;
    this.nanos = nanos;
    this.budget = new LineBudget(nanos);
    this.reportedAt = nanos.getAsLong();
  }

  /** Stops the target too, which is attached to no other logger. */
  @Override
  public void stop() {
    super.stop();
    target.stop();
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLoggerName().startsWith(SECURITY)) {
      target.doAppend(event);
      return;
    }
    report();
    String from = event.getLoggerName() + event.getMessage();
    int lines = lines(event.getFormattedMessage()) + lines(event.getThrowableProxy());
    if (budget.take(from, lines)) {
      target.doAppend(event);
    } else if (lines > 1 && budget.take(from, 1)) {
      target.doAppend(shortened(event));
    } else {
      leftOut.merge(event.getLoggerName(), 1, Integer::sum);
    }
  }

  /** A message may have a whole statement of SQL in it. */
  private static int lines(@Nullable String message) {
    return message == null ? 1 : Math.max(1, (int) message.lines().count());
  }

  private static int lines(@Nullable IThrowableProxy thrown) {
    if (thrown == null) {
      return 0;
    }
    int frames = Math.min(FRAMES, thrown.getStackTraceElementProxyArray().length);
    int lines = lines(thrown.getMessage()) + frames;
    for (IThrowableProxy suppressed : thrown.getSuppressed()) {
      lines += lines(suppressed);
    }
    return lines + lines(thrown.getCause());
  }

  private LoggingEvent shortened(ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    String rest = thrown == null ? "the rest" : thrown.getClassName() + "; its stack trace";
    String first = String.valueOf(event.getFormattedMessage()).lines().findFirst().orElse("");
    String message = first + " (" + rest + " is left out)";
    LoggingEvent one = event(event.getLoggerName(), event.getLevel(), message);
    one.setThreadName(event.getThreadName());
    return one;
  }

  private LoggingEvent event(String logger, Level level, String message) {
    LoggerContext logback = (LoggerContext) getContext();
    return new LoggingEvent(
        LimitedAppender.class.getName(), logback.getLogger(logger), level, message, null, null);
  }

  /** Logs how many events were left out, if any, and not more often than the interval. */
  synchronized void report() {
    long now = nanos.getAsLong();
    if (leftOut.isEmpty() || now - reportedAt < INTERVAL) {
      return;
    }
    int all = leftOut.values().stream().mapToInt(Integer::intValue).sum();
    String most =
        leftOut.entrySet().stream()
            .max(Comparator.comparing(Map.Entry::getValue))
            .map(Map.Entry::getKey)
            .orElse("");
    String message =
        all
            + " events were left out of this log because there were too many, most of them from "
            + most;
    target.doAppend(event(LimitedAppender.class.getName(), Level.WARN, message));
    leftOut.clear();
    reportedAt = now;
  }
}
