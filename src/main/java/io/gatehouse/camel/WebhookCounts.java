package io.gatehouse.camel;

import io.gatehouse.webhook.WebhookExchange;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Counts events of webhooks by IdP and result. */
@Component
final class WebhookCounts {

  private static final int SERVER_ERROR = 500;

  private final MeterRegistry registry;

  WebhookCounts(MeterRegistry registry) {
    this.registry = registry;
    counter("unknown", "refused");
  }

  /** Counts the events of a call that was answered with success. */
  void taken(WebhookExchange exchange) {
    WebhookExchange.Content content = exchange.content();
    String idp = exchange.connection().idp();
    int accepted = content.signals().size();
    count(idp, "accepted", accepted);
    count(idp, "ignored", Math.max(0, content.events().size() - accepted));
    count(idp, "refused", content.refused());
  }

  /**
   * Counts a call that was not answered with success as one event, since its events are unknown.
   */
  void refused(String idp, int status) {
    count(idp, status < SERVER_ERROR ? "refused" : "failed", 1);
  }

  private void count(String idp, String result, int events) {
    if (events > 0) {
      counter(idp, result).increment(events);
    }
  }

  private Counter counter(String idp, String result) {
    return Counter.builder("gatehouse.edge.webhook")
        .description("events of webhooks of IdPs")
        .tag("idp", idp)
        .tag("result", result)
        .register(registry);
  }
}
