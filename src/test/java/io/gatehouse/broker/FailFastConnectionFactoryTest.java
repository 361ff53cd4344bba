package io.gatehouse.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FailFastConnectionFactoryTest {

  private final Connection connection = proxy(Connection.class);
  private boolean up;
  private int attempts;
  private long nanos = Long.MAX_VALUE - 7;
  private final FailFastConnectionFactory factory =
      new FailFastConnectionFactory(broker(), () -> nanos);

  private ConnectionFactory broker() {
    return (ConnectionFactory)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ConnectionFactory.class},
            (proxy, method, arguments) -> {
              attempts++;
              if (!up) {
                throw new JMSException("no answer");
              }
              return connection;
            });
  }

  private static <T> T proxy(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null));
  }

  @Test
  void triesOnceASecondWhileTheBrokerDoesNotAnswer() {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(factory::createConnection).isInstanceOf(JMSException.class);
    }
    assertThat(attempts).isEqualTo(1);

    nanos += TimeUnit.SECONDS.toNanos(1);
    assertThatThrownBy(factory::createConnection).hasMessage("no answer");
    assertThat(attempts).isEqualTo(2);
  }

  @Test
  void connectsForEachCallerAgainAsSoonAsOneHasConnected() throws JMSException {
    assertThatThrownBy(factory::createConnection).hasMessage("no answer");
    up = true;
    assertThatThrownBy(factory::createConnection).hasRootCauseMessage("no answer");
    nanos += TimeUnit.SECONDS.toNanos(1);

    assertThat(factory.createConnection()).isSameAs(connection);
    assertThat(factory.createConnection()).isSameAs(connection);
    assertThat(attempts).isEqualTo(3);
  }
}
