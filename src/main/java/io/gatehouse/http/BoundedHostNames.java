package io.gatehouse.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Limits the time of a look-up. The resolver of the system waits for half a minute and longer when
 * no name server answers, and no timeout of an HTTP client covers that.
 */
public final class BoundedHostNames implements HostNames {

  private static final Duration LIMIT = Duration.ofSeconds(3);

  /** Look-ups that are not answered keep their threads. */
  private static final int MOST_AT_ONCE = 64;

  private static final long IDLE_SECONDS = 10;

  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          MOST_AT_ONCE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          BoundedHostNames::thread);
  private final HostNames names;
  private final Duration limit;

  public BoundedHostNames(HostNames names) {
    this(names, LIMIT);
  }

  BoundedHostNames(HostNames names, Duration limit) {
    this.names = names;
    this.limit = limit;
  }

  @Override
  public InetAddress[] addresses(String host) throws UnknownHostException {
    try {
      Future<InetAddress[]> found = threads.submit(() -> names.addresses(host));
      return found.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failure(host, e.getCause());
    } catch (TimeoutException | RejectedExecutionException e) {
      throw failure(host, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(host, e);
    }
  }

  private static UnknownHostException failure(String host, @Nullable Throwable cause) {
    if (cause instanceof UnknownHostException unknown) {
      return unknown;
    }
    UnknownHostException failure = new UnknownHostException(host + ": no name server answers");
    failure.initCause(cause);
    return failure;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "host-names");
    thread.setDaemon(true);
    return thread;
  }
}
