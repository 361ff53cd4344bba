package io.gatehouse.camel.queue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/** Runs the readers of a queue. */
final class QueueConsumer<T> extends DefaultConsumer {

  private static final int STOP_SECONDS = 10;

  private final QueueAccess access;
  private final QueueComponent.Reading<T> reading;
  private @Nullable ExecutorService threads;
  private CountDownLatch stop = new CountDownLatch(1);

  QueueConsumer(
      Endpoint endpoint,
      Processor processor,
      QueueAccess access,
      QueueComponent.Reading<T> reading) {
    super(endpoint, processor);
    this.access = access;
    this.reading = reading;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    stop = new CountDownLatch(1);
    ExecutorService pool =
        getEndpoint()
            .getCamelContext()
            .getExecutorServiceManager()
            .newFixedThreadPool(this, reading.queue(), reading.consumers());
    for (int i = 0; i < reading.consumers(); i++) {
      pool.execute(new BatchReader<>(this, access, reading, stop));
    }
    threads = pool;
  }

  @Override
  protected void doStop() throws Exception {
    stop.countDown();
    ExecutorService pool = threads;
    if (pool != null) {
      getEndpoint()
          .getCamelContext()
          .getExecutorServiceManager()
          .shutdownGraceful(pool, TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    }
    super.doStop();
  }
}
