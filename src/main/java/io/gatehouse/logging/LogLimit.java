package io.gatehouse.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Limits the log to ten lines a second beyond a burst, on the console and in a file, so that no
 * outage fills the disk.
 */
final class LogLimit implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  private static final int REPORT_SECONDS = 10;

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
      limit(logback.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME));
    }
  }

  private static void limit(Logger root) {
    List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
    root.iteratorForAppenders().forEachRemaining(appenders::add);
    for (Appender<ILoggingEvent> appender : appenders) {
      if (appender instanceof OutputStreamAppender<ILoggingEvent>) {
        root.detachAppender(appender);
        root.addAppender(limited(root.getLoggerContext(), appender));
      }
    }
  }

  private static LimitedAppender limited(LoggerContext logback, Appender<ILoggingEvent> appender) {
    LimitedAppender limited = new LimitedAppender(appender, System::nanoTime);
    limited.setName("limited-" + appender.getName());
    limited.setContext(logback);
    limited.start();
    logback.addScheduledFuture(
        logback
            .getScheduledExecutorService()
            .scheduleAtFixedRate(
                limited::report, REPORT_SECONDS, REPORT_SECONDS, TimeUnit.SECONDS));
    return limited;
  }
}
