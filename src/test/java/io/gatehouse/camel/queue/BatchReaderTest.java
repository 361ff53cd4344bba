package io.gatehouse.camel.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BatchReaderTest {

  private static final List<Throwable> FAILURES =
      List.of(
          new JMSException("the broker is away"),
          new IllegalStateException("the pool is in a strange state"),
          new StackOverflowError(),
          new NoClassDefFoundError("io/gatehouse/Absent"));

  private final AtomicInteger attempts = new AtomicInteger();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread reader =
      new Thread(
          new BatchReader<>(
              null,
              failing(),
              new QueueComponent.Reading<>("commands", 1, 1, new CommandFormat()),
              stop));

  @Test
  void readsOnAfterEveryFailureAndInterrupt() throws Exception {
    reader.start();
    reader.interrupt();

    await().until(() -> attempts.get() > FAILURES.size());
    assertThat(reader.isAlive()).isTrue();

    stop.countDown();
    reader.join(10_000);
    assertThat(reader.isAlive()).isFalse();
  }

  private ConnectionFactory failing() {
    return (ConnectionFactory)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ConnectionFactory.class},
            (proxy, method, arguments) -> {
              throw FAILURES.get(attempts.getAndIncrement() % FAILURES.size());
            });
  }
}
