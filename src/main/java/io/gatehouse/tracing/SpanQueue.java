package io.gatehouse.tracing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ended spans that wait for their export, by one thread. Nothing waits for the collector: a span
 * that finds no room is dropped, and so is a batch that the collector does not take.
 */
final class SpanQueue implements SpanProcessor {

  private static final Logger LOG = LoggerFactory.getLogger(SpanQueue.class);

  static final int CAPACITY = 4_096;
  private static final int BATCH = 512;
  private static final long PAUSE_MILLIS = 200;
  private static final Duration STOP = Duration.ofSeconds(1);
  private static final long BETWEEN_LINES = TimeUnit.MINUTES.toNanos(1);

  private final SpanExporter exporter;
  private final Duration patience;
  private final Counter exported;
  private final Counter dropped;
  private final Counter failed;
  private final BlockingQueue<ReadableSpan> waiting = new ArrayBlockingQueue<>(CAPACITY);
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "span-export");
  private long told;
  private long nextLine = System.nanoTime();

  /**
   * Starts the export.
   *
   * @param patience time after which a batch counts as not taken
   */
  SpanQueue(SpanExporter exporter, Duration patience, MeterRegistry meters) {
    this.exporter = exporter;
    this.patience = patience;
    this.exported = counter("exported", meters);
    this.dropped = counter("dropped", meters);
    this.failed = counter("failed", meters);
    thread.setDaemon(true);
    thread.start();
  }

  private static Counter counter(String outcome, MeterRegistry meters) {
    return Counter.builder("gatehouse.tracing.spans")
        .description("spans for the collector")
        .tag("outcome", outcome)
        .register(meters);
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (span.getSpanContext().isSampled() && !waiting.offer(span)) {
      dropped.increment();
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  private void run() {
    try {
      boolean more = true;
      while (more) {
        more = !stop.await(waiting.size() < BATCH ? PAUSE_MILLIS : 0, TimeUnit.MILLISECONDS);
        exportNext();
        tellOfLosses();
      }
      while (!waiting.isEmpty()) {
        exportNext();
      }
    } catch (InterruptedException e) {
      LOG.debug("Spans that waited for their export are dropped", e);
    } finally {
      exporter.shutdown(); // from Java 21 on, it waits for the request that is under way
    }
  }

  private void exportNext() {
    List<ReadableSpan> next = new ArrayList<>();
    waiting.drainTo(next, BATCH);
    if (next.isEmpty()) {
      return;
    }
    CompletableResultCode result =
        exporter
            .export(next.stream().map(ReadableSpan::toSpanData).toList())
            .join(patience.toMillis(), TimeUnit.MILLISECONDS);
    (result.isSuccess() ? exported : failed).increment(next.size());
  }

  /** At most one line a minute. */
  private void tellOfLosses() {
    long lost = (long) (dropped.count() + failed.count());
    long now = System.nanoTime();
    if (lost > told && now - nextLine >= 0) {
      LOG.warn("{} spans are lost, because the collector of traces did not take them", lost - told);
      told = lost;
      nextLine = now + BETWEEN_LINES;
    }
  }

  /** Exports what waits, for as long as a stop may take. */
  @Override
  public CompletableResultCode shutdown() {
    stop.countDown();
    try {
      thread.join(STOP.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
    return CompletableResultCode.ofSuccess();
  }
}
