package io.gatehouse.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.support.CapturedLog;
import io.gatehouse.support.SpanCollector;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A collector that is slow or gone costs spans, and nothing else. */
class SpanQueueTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MANY = 4 * SpanQueue.CAPACITY;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @RegisterExtension final CapturedLog log = new CapturedLog();

  /** With a collector that answers nothing, each end of a span that waited would take seconds. */
  @Test
  @Timeout(30)
  void dropsWhatACollectorThatHangsDoesNotTake() {
    try (SpanCollector collector = SpanCollector.start()) {
      collector.hang();
      SdkTracerProvider provider = provider(collector.url(), Duration.ofSeconds(2));

      end(provider, MANY);

      assertThat(count("dropped")).isBetween(1.0, (double) MANY - SpanQueue.CAPACITY);
      await().atMost(PATIENCE).until(() -> lines() > 0);
      provider.close();
      assertThat(count("exported")).isZero();
    }
  }

  @Test
  void tellsOfLossesInOneLineAndExportsAgain() {
    try (SpanCollector collector = SpanCollector.start()) {
      collector.answers(503);
      SdkTracerProvider provider = provider(collector.url(), PATIENCE);
      for (int i = 1; i <= 3; i++) {
        double before = count("failed");
        end(provider, 1);
        await().atMost(PATIENCE).until(() -> count("failed") > before);
      }
      collector.answers(200);
      end(provider, 1);
      await().atMost(PATIENCE).until(() -> count("exported") == 1);

      assertThat(lines()).isEqualTo(1);
      assertThat(collector.spans()).hasSize(1);
      provider.close();
    }
  }

  @Test
  void exportsWhatWaitsAtTheEnd() {
    try (SpanCollector collector = SpanCollector.start()) {
      SdkTracerProvider provider = provider(collector.url(), PATIENCE);
      end(provider, 1);
      provider.close();

      await().atMost(PATIENCE).until(() -> collector.spans().size() == 1);
    }
  }

  private long lines() {
    return log.text().lines().filter(it -> it.contains("spans are lost")).count();
  }

  private double count(String outcome) {
    return meters.get("gatehouse.tracing.spans").tag("outcome", outcome).counter().count();
  }

  private static void end(SdkTracerProvider provider, int spans) {
    for (int i = 0; i < spans; i++) {
      provider.get("test").spanBuilder("span").startSpan().end();
    }
  }

  private SdkTracerProvider provider(String url, Duration patience) {
    return SdkTracerProvider.builder()
        .addSpanProcessor(
            new SpanQueue(
                OtlpHttpSpanExporter.builder()
                    .setEndpoint(url)
                    .setTimeout(patience.toSeconds(), TimeUnit.SECONDS)
                    .setRetryPolicy(null)
                    .setMeterProvider(MeterProvider.noop())
                    .build(),
                patience,
                meters))
        .build();
  }
}
