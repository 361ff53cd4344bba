package io.gatehouse.support;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * All that is logged during a test, without the limit of the console, which the tests before it may
 * have used up.
 */
public final class CapturedLog extends AppenderBase<ILoggingEvent>
    implements BeforeEachCallback, AfterEachCallback {

  private final LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Logger root = logback.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final PatternLayout layout = new PatternLayout();
  private final StringBuffer text = new StringBuffer();

  @Override
  public void beforeEach(ExtensionContext test) {
    layout.setContext(logback);
    layout.setPattern("%d %level %thread %mdc %logger: %msg%n%ex");
    layout.start();
    setContext(logback);
    start();
    root.addAppender(this);
  }

  @Override
  public void afterEach(ExtensionContext test) {
    root.detachAppender(this);
    stop();
  }

  @Override
  protected void append(ILoggingEvent event) {
    text.append(layout.doLayout(event));
  }

  public String text() {
    return text.toString();
  }
}
