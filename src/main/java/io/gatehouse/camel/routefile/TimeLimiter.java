package io.gatehouse.camel.routefile;

import io.gatehouse.scim.ScimError;
import io.gatehouse.scim.ScimException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work that could take long on two threads of its own, so that its caller waits only for a
 * limited time and the work takes no thread from other calls. Idle threads end by themselves.
 */
final class TimeLimiter {

  private static final Logger LOG = LoggerFactory.getLogger(TimeLimiter.class);
  private static final int THREADS = 2;
  private static final int QUEUE = 200;
  private static final int IDLE_SECONDS = 30;

  private final Duration limit;
  private final String name;
  private final ExecutorService threads;

  TimeLimiter(Duration limit, String name) {
    this.limit = limit;
    this.name = name;
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    this.threads = pool;
  }

  /**
   * Runs the work.
   *
   * @throws ScimException 503 when it takes too long or the queue of work is full; otherwise the
   *     exception of the work itself
   */
  <T> T run(Callable<T> work) throws Exception {
    Future<T> running;
    try {
      running = threads.submit(work);
    } catch (RejectedExecutionException e) {
      throw overdue();
    }
    try {
      return running.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      running.cancel(true);
      throw overdue();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private ScimException overdue() {
    LOG.warn("{} takes longer than {} and is stopped", name, limit);
    return new ScimException(ScimError.unavailable("The mapping of this profile takes too long."));
  }
}
