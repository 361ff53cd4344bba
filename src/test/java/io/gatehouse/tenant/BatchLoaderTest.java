package io.gatehouse.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gatehouse.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many look something up, and the store answers one question at a time. */
class BatchLoaderTest {

  private final ExecutorService callers = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    callers.shutdownNow();
  }

  @Test
  void findsWhatThereIsAndNothingElse() {
    BatchLoader<String, Integer> loader = new BatchLoader<>("test", BatchLoaderTest::lengths);

    assertThat(loader.find("abc")).hasValue(3);
    assertThat(loader.find("")).isEmpty();
  }

  @Test
  void asksOnceForAllWhoWait() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    AtomicInteger loads = new AtomicInteger();
    AtomicInteger keys = new AtomicInteger();
    BatchLoader<String, Integer> loader =
        new BatchLoader<>(
            "test",
            asked -> {
              keys.addAndGet(asked.size());
              if (loads.getAndIncrement() == 0) {
                block(first);
              }
              return lengths(asked);
            });
    List<CompletableFuture<Optional<Integer>>> found = new ArrayList<>();
    found.add(find(loader, "x"));
    await().until(() -> loads.get() == 1);
    for (int i = 0; i < 200; i++) {
      found.add(find(loader, "key" + i));
    }
    await().until(() -> loader.waiting() == 200);

    first.countDown();

    assertThat(found).allSatisfy(it -> assertThat(it.get()).isPresent());
    assertThat(keys).hasValue(201);
    assertThat(loads).hasValue(2);
  }

  @Test
  void letsNobodyWaitInAnOutageButOne() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    AtomicInteger loads = new AtomicInteger();
    BatchLoader<String, Integer> loader =
        new BatchLoader<>(
            "test",
            asked -> {
              if (loads.getAndIncrement() == 1) {
                block(second);
              }
              if (loads.get() < 4) {
                throw new StoreUnavailableException("away", null);
              }
              return lengths(asked);
            });
    assertThatThrownBy(() -> loader.find("a")).isInstanceOf(StoreUnavailableException.class);
    CompletableFuture<Optional<Integer>> running = find(loader, "b");
    await().until(() -> loads.get() == 2);
    CompletableFuture<Optional<Integer>> next = find(loader, "c");
    await().until(() -> loader.waiting() == 1);

    assertThatThrownBy(() -> loader.find("d")).isInstanceOf(StoreUnavailableException.class);

    second.countDown();
    assertThatThrownBy(running::get).hasRootCauseInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(next::get).hasRootCauseInstanceOf(StoreUnavailableException.class);
    assertThat(loader.find("e")).hasValue(1);
  }

  private CompletableFuture<Optional<Integer>> find(BatchLoader<String, Integer> in, String key) {
    return CompletableFuture.supplyAsync(() -> in.find(key), callers);
  }

  private static Map<String, Integer> lengths(Set<String> keys) {
    Map<String, Integer> lengths = new HashMap<>();
    keys.stream().filter(it -> !it.isEmpty()).forEach(it -> lengths.put(it, it.length()));
    return lengths;
  }

  private static void block(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
