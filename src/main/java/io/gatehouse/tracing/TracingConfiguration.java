package io.gatehouse.tracing;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.Instance;
import io.gatehouse.StartupRefusedException;
import io.gatehouse.change.AnnouncementTraces;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.MessageTraces;
import io.gatehouse.delivery.EventPublisher;
import io.gatehouse.delivery.webhook.WebhookClient;
import io.gatehouse.inbox.SignalBatch;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.Ordered;

/**
 * Wires the export of traces, and puts spans around the steps of a command, if there is an
 * endpoint.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("!'${gatehouse.traces.endpoint:}'.isEmpty()")
class TracingConfiguration {

  /** The time for one batch, from the connection to the answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** The changes that the relay announces together. */
  private static final int MAX_LINKS = 500;

  @Bean(destroyMethod = "close")
  SdkTracerProvider tracerProvider(
      GatehouseProperties settings, Instance instance, MeterRegistry meters) {
    GatehouseProperties.Traces traces = settings.traces();
    if (!(traces.ratio() >= 0 && traces.ratio() <= 1)) {
      throw new StartupRefusedException("GATEHOUSE_TRACES_RATIO must be between 0 and 1.");
    }
    return SdkTracerProvider.builder()
        .setSampler(new TraceSampler(traces.ratio()))
        .setSpanLimits(SpanLimits.builder().setMaxNumberOfLinks(MAX_LINKS).build())
        .setResource(
            Resource.getDefault()
                .merge(
                    Resource.create(
                        Attributes.builder()
                            .put("service.name", "gatehouse")
                            .put("service.instance.id", instance.id())
                            .build())))
        .addSpanProcessor(
            new SpanQueue(
                exporter(Objects.requireNonNull(traces.endpoint())),
                PATIENCE.plusSeconds(1),
                meters))
        .build();
  }

  private static SpanExporter exporter(URI endpoint) {
    String scheme = endpoint.getScheme();
    if (endpoint.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new StartupRefusedException(
          "GATEHOUSE_TRACES_ENDPOINT must be a URL such as http://collector:4318/v1/traces.");
    }
    return OtlpHttpSpanExporter.builder()
        .setEndpoint(endpoint.toString())
        .setConnectTimeout(PATIENCE)
        .setTimeout(PATIENCE)
        .setCompression("gzip")
        .setRetryPolicy(null)
        .setMeterProvider(MeterProvider.noop())
        .build();
  }

  @Bean
  Spans spans(SdkTracerProvider provider) {
    return new Spans(provider.get("io.gatehouse"));
  }

  /** Before all others, so that they see its requests. */
  @Bean
  FilterRegistrationBean<RequestSpanFilter> requestSpans(Spans spans) {
    var registration = new FilterRegistrationBean<>(new RequestSpanFilter(spans));
    registration.addUrlPatterns("/scim/*", "/webhooks/*", "/admin/*");
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  @Bean
  MessageTraces<Envelope> commandSpans(Spans spans) {
    return new QueueSpans<>(spans, new CommandMessages());
  }

  @Bean
  MessageTraces<SignalBatch> signalSpans(Spans spans) {
    return new QueueSpans<>(spans, new SignalMessages());
  }

  @Bean
  AnnouncementTraces relaySpans(Spans spans) {
    return new RelaySpans(spans);
  }

  @Bean
  @Primary
  EventPublisher eventSpans(
      Spans spans, @Qualifier("eventPublisher") EventPublisher eventPublisher) {
    return new EventSpans(spans, eventPublisher);
  }

  @Bean
  @Primary
  WebhookClient endpointSpans(
      Spans spans, @Qualifier("webhookClient") WebhookClient webhookClient) {
    return new EndpointSpans(spans, webhookClient);
  }
}
