package io.gatehouse.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gatehouse.delivery.Profile;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.support.Announcements;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many deliveries are under way at once, and what becomes of those that fail. */
class WorkerPoolTest {

  private static final Endpoint ENDPOINT =
      new Endpoint(
          UUID.randomUUID(),
          new Subscription(UUID.randomUUID(), "acme", "hooks", Profile.NOTICE, List.of()),
          URI.create("https://hooks.example.com/"),
          true);

  private final Queue<PendingDelivery> due = new ConcurrentLinkedQueue<>();
  private final List<Integer> asked = new CopyOnWriteArrayList<>();
  private final List<Long> begun = new CopyOnWriteArrayList<>();
  private final List<Long> done = new CopyOnWriteArrayList<>();
  private final Semaphore answers = new Semaphore(0);
  private WorkerPool pool;

  @AfterEach
  void close() {
    answers.release(100);
    pool.close();
  }

  @Test
  void takesNoMoreThanItHasPlacesForAndTheNextWhenOneIsFree() {
    due(1, 5);
    pool = pool(2, this::take, this::deliver);

    pool.fill();
    eventually().until(() -> begun.size() == 2);
    pool.fill();
    assertThat(asked).as("nobody asks for a place that is not free").containsExactly(2);
    assertThat(begun).containsExactlyInAnyOrder(1L, 2L);

    answers.release(1);
    eventually().until(() -> begun.size() == 3);
    assertThat(asked).containsExactly(2, 1);

    answers.release(4);
    eventually().until(() -> done.size() == 5);
    assertThat(done).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void bringsThemInTheOrderInWhichTheyWereDue() {
    due(1, 20);
    answers.release(20);
    pool = pool(1, this::take, this::deliver);

    pool.fill();

    eventually().until(() -> done.size() == 20);
    assertThat(done).isSorted();
  }

  @Test
  void givesItsPlacesBackWhenWhatIsDueCannotBeRead() {
    due(1, 2);
    List<RuntimeException> failures = new ArrayList<>(List.of(new IllegalStateException("away")));
    pool =
        pool(
            2,
            places -> {
              if (!failures.isEmpty()) {
                throw failures.remove(0);
              }
              return take(places);
            },
            this::deliver);

    assertThatThrownBy(pool::fill).hasMessage("away");
    pool.fill();

    eventually().until(() -> begun.size() == 2);
    assertThat(asked).containsExactly(2);
  }

  @Test
  void goesOnAfterADeliveryThatFails() {
    due(1, 3);
    answers.release(3);
    pool =
        pool(
            1,
            this::take,
            delivery -> {
              deliver(delivery);
              if (delivery.place().change() == 1) {
                throw new IllegalStateException("its outcome cannot be kept");
              }
            });

    pool.fill();

    eventually().until(() -> done.size() == 3);
    assertThat(done).containsExactly(1L, 2L, 3L);
  }

  /** Else two would both see the same of an endpoint, and bring more of it than it may get. */
  @Test
  void readsWhatIsDueOneAtATime() {
    due(1, 1);
    Semaphore reading = new Semaphore(1);
    List<Thread> workers = new CopyOnWriteArrayList<>();
    pool =
        pool(
            2,
            places -> {
              List<PendingDelivery> taken = take(places);
              reading.acquireUninterruptibly();
              return taken;
            },
            delivery -> {
              workers.add(Thread.currentThread());
              deliver(delivery);
            });
    pool.fill();
    eventually().until(() -> workers.size() == 1);
    Thread other = new Thread(pool::fill);
    other.start();
    eventually().until(() -> asked.size() == 2);

    answers.release();
    eventually().until(() -> workers.get(0).getState() == Thread.State.BLOCKED);
    assertThat(asked).hasSize(2);

    reading.release(10);
    eventually().until(() -> asked.size() == 3);
  }

  @Test
  void waitsForThoseUnderWayWhenItClosesAndTakesNothingMore() throws Exception {
    due(1, 3);
    pool = pool(1, this::take, this::deliver);
    pool.fill();
    eventually().until(() -> begun.size() == 1);
    Thread closing = new Thread(pool::close);
    closing.start();
    eventually().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    assertThat(done).isEmpty();

    answers.release(3);
    closing.join(10_000);
    pool.fill();

    assertThat(done).containsExactly(1L);
    assertThat(asked).containsExactly(1);
    assertThat(due).hasSize(2);
  }

  private static WorkerPool pool(
      int size, IntFunction<List<PendingDelivery>> source, Consumer<PendingDelivery> work) {
    return new WorkerPool("test", size, source, work);
  }

  private static ConditionFactory eventually() {
    return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
  }

  private void due(long first, long last) {
    LongStream.rangeClosed(first, last)
        .mapToObj(
            it ->
                new PendingDelivery(
                    ENDPOINT,
                    new PendingDelivery.Place(it, 0, UUID.randomUUID()),
                    0,
                    Announcements.user(it)))
        .forEach(due::add);
  }

  private List<PendingDelivery> take(int places) {
    asked.add(places);
    List<PendingDelivery> taken = new ArrayList<>();
    while (taken.size() < places && !due.isEmpty()) {
      taken.add(due.remove());
    }
    return taken;
  }

  private void deliver(PendingDelivery delivery) {
    begun.add(delivery.place().change());
    answers.acquireUninterruptibly();
    done.add(delivery.place().change());
  }
}
