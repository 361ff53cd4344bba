package io.gatehouse.camel.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** What is taken off a queue together, and what becomes of it when a route fails. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class BatchReaderTest {

  private static final List<Throwable> FAILURES =
      List.of(
          new JMSException("the broker is away"),
          new IllegalStateException("the pool is in a strange state"),
          new StackOverflowError(),
          new NoClassDefFoundError("io/gatehouse/Absent"));

  /** A route, as far as a reader can tell. */
  private interface Route {
    void take(List<String> batch);
  }

  private final CountDownLatch stop = new CountDownLatch(1);
  private final FakeQueue queue = new FakeQueue(stop::countDown);
  private final List<List<String>> batches = new ArrayList<>();
  private int underWay = 5;
  private final DefaultCamelContext camel = new DefaultCamelContext();

  @AfterEach
  void close() throws Exception {
    camel.close();
  }

  @Test
  void readsOnAfterEveryFailureAndInterrupt() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    Thread reader =
        new Thread(
            new BatchReader<>(
                null,
                access(failing(attempts)),
                new QueueComponent.Reading<>("commands", 1, 1, new CommandFormat()),
                stop));
    reader.start();
    reader.interrupt();

    await().until(() -> attempts.get() > FAILURES.size());
    assertThat(reader.isAlive()).isTrue();

    stop.countDown();
    reader.join(10_000);
    assertThat(reader.isAlive()).isFalse();
  }

  @Test
  void takesABatchAtMostAndAllInOrder() throws Exception {
    IntStream.rangeClosed(1, 7).forEach(it -> queue.addText("" + it));

    reader(3, batch -> {}).run();

    assertThat(batches)
        .containsExactly(List.of("1", "2", "3"), List.of("4", "5", "6"), List.of("7"));
    assertThat(queue.size()).isZero();
    assertThat(queue.dead).isEmpty();
  }

  @Test
  void doesNotWaitForABatchToFill() throws Exception {
    queue.addText("1");

    List<Long> before = new ArrayList<>();
    reader(128, batch -> before.addAll(queue.waits)).run();

    assertThat(batches).containsExactly(List.of("1"));
    assertThat(before).as("milliseconds that it has waited for another one").containsExactly(1L);
  }

  @Test
  void doesNotWaitForRequestsThatAreNotThere() throws Exception {
    List.of("1", "2").forEach(queue::addText);
    underWay = 2;

    List<Long> before = new ArrayList<>();
    reader(128, batch -> before.addAll(queue.waits)).run();

    assertThat(batches).containsExactly(List.of("1", "2"));
    assertThat(before).as("milliseconds that it has waited for another one").containsExactly(0L);
  }

  @Test
  void takesLargeMessagesOneByOne() throws Exception {
    String large = "x".repeat(2_000_000);
    List.of("1", large, "2", "3").forEach(queue::addText);

    reader(128, batch -> {}).run();

    assertThat(batches).containsExactly(List.of("1", large), List.of("2", "3"));
  }

  @Test
  void deliversABatchAgainInItsOrderWhenTheRouteFails() throws Exception {
    List.of("1", "2", "3").forEach(queue::addText);

    reader(
            2,
            batch -> {
              if (batches.size() == 1) {
                throw new IllegalStateException("the store is away");
              }
            })
        .run();

    assertThat(batches).containsExactly(List.of("1", "2"), List.of("1", "2"), List.of("3"));
    assertThat(queue.size()).isZero();
  }

  /** A route may end with an exception that it has noted and not thrown. */
  @Test
  void deliversABatchAgainWhenTheRouteNotesAFailure() throws Exception {
    queue.addText("1");
    QueueComponent<String>.QueueEndpoint endpoint = endpoint(1);
    QueueConsumer<String> consumer =
        new QueueConsumer<>(
            endpoint,
            exchange -> {
              batches.add(body(exchange));
              if (batches.size() == 1) {
                exchange.setException(new IllegalStateException("the store is away"));
              }
            },
            access(queue.connections()),
            reading(1));

    new BatchReader<>(consumer, access(queue.connections()), reading(1), stop).run();

    assertThat(batches).containsExactly(List.of("1"), List.of("1"));
    assertThat(queue.size()).isZero();
  }

  @Test
  void putsAsideWhatItCannotReadAndDeliversTheOthers() throws Exception {
    queue.addText("1");
    queue.addText("poison");
    queue.addOther();
    queue.addText("2");

    reader(128, batch -> {}).run();

    assertThat(batches).containsExactly(List.of("1", "2"));
    assertThat(queue.dead).hasSize(2);
    assertThat(queue.size()).isZero();
  }

  @Test
  void putsNothingAsideTwiceWhenTheOthersAreDeliveredAgain() throws Exception {
    queue.addText("poison");
    queue.addText("1");

    List<Integer> aside = new ArrayList<>();
    reader(
            128,
            batch -> {
              aside.add(queue.dead.size());
              if (batches.size() == 1) {
                throw new IllegalStateException("the store is away");
              }
            })
        .run();

    assertThat(batches).containsExactly(List.of("1"), List.of("1"));
    assertThat(aside).as("nothing is put aside before the commit").containsExactly(0, 0);
    assertThat(queue.dead).hasSize(1);
  }

  /** What was received and is not committed is the broker's again. */
  @Test
  void endsBetweenBatchesAndLosesNothing() throws Exception {
    List.of("1", "2", "3").forEach(queue::addText);

    reader(1, batch -> stop.countDown()).run();

    assertThat(batches).containsExactly(List.of("1"));
    assertThat(queue.size()).isEqualTo(2);
  }

  @Test
  void waitsInFrontOfTheQueueAfterAFailureUntilItIsStopped() throws Exception {
    queue.addText("1");
    Semaphore attempts = new Semaphore(0);
    BatchReader<String> failing =
        reader(
            1,
            batch -> {
              attempts.release();
              throw new IllegalStateException("the store is away");
            });
    Thread reader = new Thread(failing);
    reader.start();
    attempts.acquire(2);

    await()
        .pollInterval(Duration.ofMillis(1))
        .until(() -> reader.getState() == Thread.State.TIMED_WAITING);
    stop.countDown();
    reader.join(10_000);

    assertThat(reader.isAlive()).isFalse();
    assertThat(queue.size()).isEqualTo(1);
  }

  private BatchReader<String> reader(int maxBatch, Route route) throws Exception {
    QueueConsumer<String> consumer =
        new QueueConsumer<>(
            endpoint(maxBatch),
            exchange -> {
              List<String> batch = body(exchange);
              batches.add(batch);
              route.take(batch);
            },
            access(queue.connections()),
            reading(maxBatch));
    return new BatchReader<>(consumer, access(queue.connections()), reading(maxBatch), stop);
  }

  private QueueAccess access(ConnectionFactory connections) {
    return new QueueAccess(connections, connections, null, () -> underWay);
  }

  @SuppressWarnings("unchecked")
  private QueueComponent<String>.QueueEndpoint endpoint(int maxBatch) {
    QueueComponent<String> component = new QueueComponent<>(new Texts(), null);
    component.setCamelContext(camel);
    return (QueueComponent<String>.QueueEndpoint)
        component.createEndpoint("texts:texts", "texts", new HashMap<>());
  }

  private static QueueComponent.Reading<String> reading(int maxBatch) {
    return new QueueComponent.Reading<>("texts", 1, maxBatch, new Texts());
  }

  @SuppressWarnings("unchecked")
  private static List<String> body(Exchange exchange) {
    return List.copyOf(exchange.getMessage().getBody(List.class));
  }

  private ConnectionFactory failing(AtomicInteger attempts) {
    return (ConnectionFactory)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ConnectionFactory.class},
            (proxy, method, arguments) -> {
              throw FAILURES.get(attempts.getAndIncrement() % FAILURES.size());
            });
  }

  /** Any text but one. */
  private static final class Texts implements QueueFormat<String> {
    @Override
    public String in(Message message) {
      return message.getBody(String.class);
    }

    @Override
    public String encode(String one) {
      return one;
    }

    @Override
    public String decode(String text) {
      if (text.equals("poison")) {
        throw new IllegalArgumentException("nothing of ours");
      }
      return text;
    }

    @Override
    public String key(String one) {
      return one;
    }
  }
}
