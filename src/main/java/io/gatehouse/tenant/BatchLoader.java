package io.gatehouse.tenant;

import io.gatehouse.store.StoreUnavailableException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks keys up for many callers with one load at a time, which takes all waiting keys. Any number
 * of callers costs the store one statement at a time. Each caller waits for at most two loads: the
 * running one, and its own.
 *
 * @param <K> the keys, with {@code equals} and {@code hashCode}
 * @param <V> the values
 */
public final class BatchLoader<K, V> {

  private static final Logger LOG = LoggerFactory.getLogger(BatchLoader.class);

  /** Longer than two loads may take. */
  private static final long PATIENCE_SECONDS = 6;

  private static final long IDLE_SECONDS = 30;

  private final Function<Set<K>, Map<K, V>> load;
  private final ThreadPoolExecutor worker;
  private @Nullable Batch<K, V> next;
  private boolean failing;

  /**
   * Creates a loader.
   *
   * @param name of the thread that loads
   * @param load finds the values of these keys, missing ones left out; it ends within two seconds,
   *     or throws {@link StoreUnavailableException}
   */
  public BatchLoader(String name, Function<Set<K>, Map<K, V>> load) {
    this.load = load;
    this.worker =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    worker.allowCoreThreadTimeOut(true);
  }

  private record Batch<K, V>(Set<K> keys, CompletableFuture<Map<K, V>> found) {}

  /**
   * Finds the value of a key; empty when there is none.
   *
   * @throws StoreUnavailableException when that cannot be known now; at once while the last load
   *     has failed and another caller waits for the next one, so that an outage holds no threads
   */
  public Optional<V> find(K key) {
    try {
      return Optional.ofNullable(join(key).get(PATIENCE_SECONDS, TimeUnit.SECONDS).get(key));
    } catch (ExecutionException e) {
      throw unavailable(e.getCause());
    } catch (TimeoutException e) {
      throw unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    }
  }

  private synchronized CompletableFuture<Map<K, V>> join(K key) {
    Batch<K, V> batch = next;
    if (batch == null) {
      batch = new Batch<>(new HashSet<>(), new CompletableFuture<>());
      next = batch;
      worker.execute(this::run);
    } else if (failing) {
      throw unavailable(null);
    }
    batch.keys().add(key);
    return batch.found();
  }

  /** Keys that wait for the next load. */
  synchronized int waiting() {
    return next == null ? 0 : next.keys().size();
  }

  private void run() {
    Batch<K, V> batch = take();
    try {
      Map<K, V> found = load.apply(batch.keys());
      failing(false);
      batch.found().complete(found);
    } catch (RuntimeException e) {
      if (!(e instanceof StoreUnavailableException)) {
        LOG.warn("Credentials cannot be looked up", e);
      }
      failing(true);
      batch.found().completeExceptionally(e);
    }
  }

  private synchronized Batch<K, V> take() {
    Batch<K, V> batch = next;
    if (batch == null) {
      throw new IllegalStateException("There is nothing to load");
    }
    next = null;
    return batch;
  }

  private synchronized void failing(boolean failed) {
    failing = failed;
  }

  private static StoreUnavailableException unavailable(@Nullable Throwable cause) {
    return new StoreUnavailableException("Credentials cannot be checked now", cause);
  }
}
