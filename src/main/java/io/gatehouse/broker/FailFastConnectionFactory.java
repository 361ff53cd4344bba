package io.gatehouse.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Connects for one caller at a time, and not again within a second of a failure. Of many callers
 * that need a connection to a broker that does not answer, only one waits for the time of a call.
 */
final class FailFastConnectionFactory implements ConnectionFactory {

  private static final long REST = Duration.ofSeconds(1).toNanos();

  private final ConnectionFactory factory;
  private final LongSupplier nanos;
  private @Nullable JMSException failure;
  private long failed;

  /**
   * Starts without a failure.
   *
   * @param nanos a clock that is never set back, as {@link System#nanoTime}
   */
  FailFastConnectionFactory(ConnectionFactory factory, LongSupplier nanos) {
    this.factory = factory;
    this.nanos = nanos;
  }

  /**
   * Connects.
   *
   * @throws JMSException when this attempt failed, or one that ended less than a second ago
   */
  @Override
  public synchronized Connection createConnection() throws JMSException {
    if (failure != null && nanos.getAsLong() - failed < REST) {
      JMSException again = new JMSException("The broker was unavailable a moment ago");
      again.initCause(failure);
      throw again;
    }
    try {
      Connection connection = factory.createConnection();
      failure = null;
      return connection;
    } catch (JMSException e) {
      failure = e;
      failed = nanos.getAsLong();
      throw e;
    }
  }

  @Override
  public Connection createConnection(String user, String password) throws JMSException {
    throw new UnsupportedOperationException("The factory has the credentials");
  }

  @Override
  public JMSContext createContext() {
    throw new UnsupportedOperationException("Only connections are pooled");
  }

  @Override
  public JMSContext createContext(String user, String password) {
    return createContext();
  }

  @Override
  public JMSContext createContext(String user, String password, int sessionMode) {
    return createContext();
  }

  @Override
  public JMSContext createContext(int sessionMode) {
    return createContext();
  }
}
