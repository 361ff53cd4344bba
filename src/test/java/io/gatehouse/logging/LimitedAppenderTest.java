package io.gatehouse.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** An outage does not fill the disk. */
class LimitedAppenderTest {

  private final AtomicLong nanos = new AtomicLong();
  private final LoggerContext logback = new LoggerContext();
  private final ListAppender<ILoggingEvent> target = new ListAppender<>();
  private final LimitedAppender unit = new LimitedAppender(target, nanos::get);
  private final Logger noisy = logback.getLogger("noisy");

  @BeforeEach
  void attach() {
    target.start();
    unit.setContext(logback);
    unit.start();
    Logger root = logback.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(unit);
  }

  @Test
  void writesTenLinesASecondBeyondABurst() {
    for (int i = 0; i < 10_000; i++) {
      noisy.warn("The database is away: {}", i);
    }
    int burst = target.list.size();
    assertThat(burst).isBetween(100, LineBudget.BURST);

    for (int second = 1; second <= 60; second++) {
      tick(1);
      for (int i = 0; i < 1_000; i++) {
        noisy.warn("The database is away: {}", i);
      }
    }

    assertThat(target.list.size() - burst).isBetween(300, 600 + 6);
  }

  @Test
  void countsTheLinesOfStackTracesAndLeavesThemOutWhenThereAreTooMany() {
    for (int second = 0; second < 60; second++) {
      for (int i = 0; i < 100; i++) {
        noisy.warn("A request failed", new IllegalStateException("away", deep(50)));
      }
      tick(1);
    }

    assertThat(lines()).isLessThanOrEqualTo(LineBudget.BURST + 600 + 6);
    assertThat(target.list.get(0).getThrowableProxy()).isNotNull();
    assertThat(texts())
        .contains(
            "A request failed (java.lang.IllegalStateException; its stack trace is left out)");
  }

  @Test
  void countsTheLinesOfMessagesAndCutsThemWhenThereAreTooMany() {
    String statement = "select it\n".repeat(20);
    for (int second = 0; second < 60; second++) {
      for (int i = 0; i < 100; i++) {
        noisy.warn("A statement failed: {}", statement);
        noisy.warn("A request failed", new IllegalStateException(statement));
      }
      tick(1);
    }

    long lines = texts().stream().flatMap(String::lines).count();
    assertThat(lines).isLessThanOrEqualTo(LineBudget.BURST + 600 + 6);
    assertThat(texts()).contains("A statement failed: select it (the rest is left out)");
  }

  @Test
  void saysHowManyWereLeftOutAndWhereTheyCameFrom() {
    for (int i = 0; i < 1_000; i++) {
      noisy.warn("again");
    }
    int written = target.list.size();

    tick(11);
    unit.report();

    assertThat(texts())
        .contains(
            (1_000 - written)
                + " events were left out of this log because there were too many, most of them"
                + " from noisy");
    tick(11);
    unit.report();
    assertThat(target.list).as("said once").hasSize(written + 1);
  }

  @Test
  void hearsALoggerThatHasSaidNothingWhileAnotherRepeatsItself() {
    for (int i = 0; i < 1_000; i++) {
      noisy.warn("again");
    }

    logback.getLogger("calm").warn("Not ready: down: database");

    assertThat(texts()).contains("Not ready: down: database");
  }

  @Test
  void leavesTheSecurityLogAlone() {
    for (int i = 0; i < 1_000; i++) {
      noisy.warn("again");
      logback.getLogger("gatehouse.security").info("refused");
    }

    assertThat(texts()).filteredOn("refused"::equals).hasSize(1_000);
  }

  /** No test before it decides how this process logs. */
  @Test
  void isInFrontOfTheLogOfTheGateway(@TempDir Path data) {
    SpringApplicationBuilder start =
        new SpringApplicationBuilder(Nothing.class).web(WebApplicationType.NONE);
    try (ConfigurableApplicationContext started =
        start.registerShutdownHook(false).run("--gatehouse.data=" + data)) {
      Logger root =
          ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);

      assertThat(started.isActive()).isTrue();
      assertThat(root.iteratorForAppenders())
          .toIterable()
          .anyMatch(LimitedAppender.class::isInstance)
          .noneMatch(OutputStreamAppender.class::isInstance);
    }
  }

  /** A program without a part. */
  static final class Nothing {}

  @Test
  void writesToAConsoleWhatItSaysItself() {
    logback.setMDCAdapter(new LogbackMDCAdapter());
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    OutputStreamAppender<ILoggingEvent> stream = new OutputStreamAppender<>();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(logback);
    encoder.setPattern("%d %contextName %level %logger %thread %mdc %msg%n");
    encoder.start();
    stream.setContext(logback);
    stream.setEncoder(encoder);
    stream.setOutputStream(console);
    stream.start();
    LimitedAppender limited = new LimitedAppender(stream, nanos::get);
    limited.setContext(logback);
    limited.start();
    logback.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(limited);
    for (int i = 0; i < 100; i++) {
      noisy.warn("A request failed", new IllegalStateException("away"));
    }
    for (int i = 0; i < 1_000; i++) {
      noisy.warn("again");
    }

    tick(11);
    limited.report();

    assertThat(console.toString(StandardCharsets.UTF_8))
        .contains("its stack trace is left out", "were left out of this log");
  }

  private void tick(int seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private List<String> texts() {
    return target.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private int lines() {
    int lines = 0;
    for (ILoggingEvent event : target.list) {
      lines++;
      for (IThrowableProxy it = event.getThrowableProxy(); it != null; it = it.getCause()) {
        lines += 1 + Math.min(LimitedAppender.FRAMES, it.getStackTraceElementProxyArray().length);
      }
    }
    return lines;
  }

  private static Exception deep(int frames) {
    return frames == 0 ? new IllegalArgumentException("deep") : deep(frames - 1);
  }
}
