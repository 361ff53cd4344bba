package io.gatehouse.tracing;

import io.gatehouse.command.TraceParent;
import io.gatehouse.delivery.webhook.EndpointResponse;
import io.gatehouse.delivery.webhook.WebhookClient;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The spans of attempts to post an event to an endpoint. Of its URL they have the host only, since
 * the rest may be a secret.
 */
final class EndpointSpans implements WebhookClient {

  private static final String POST = "POST";

  private final Spans spans;
  private final WebhookClient client;

  EndpointSpans(Spans spans, WebhookClient client) {
    this.spans = spans;
    this.client = client;
  }

  @Override
  public Optional<String> objection(URI url) {
    return client.objection(url);
  }

  /** Posts an event; one without a trace, such as a test, as it is. */
  @Override
  public EndpointResponse post(Request request) {
    String traceparent = request.headers().get(TraceParent.NAME);
    return traceparent == null ? client.post(request) : post(request, traceparent);
  }

  private EndpointResponse post(Request request, String traceparent) {
    Span span = begin(request, traceparent);
    Map<String, String> headers = new HashMap<>(request.headers());
    headers.put(TraceParent.NAME, Spans.traceparent(span));
    @Nullable Throwable failure = null;
    try {
      EndpointResponse response =
          client.post(new Request(request.claim(), request.url(), headers, request.body()));
      describe(span, response);
      return response;
    } catch (RuntimeException | Error e) {
      failure = e;
      throw e;
    } finally {
      Spans.end(span, failure);
    }
  }

  private Span begin(Request request, String traceparent) {
    URI url = request.url();
    Span span =
        spans
            .begin(POST, SpanKind.CLIENT, traceparent)
            .setAttribute(SpanAttributes.METHOD, POST)
            .setAttribute(SpanAttributes.SCHEME, url.getScheme())
            .setAttribute(SpanAttributes.SERVER, url.getHost())
            .setAttribute(SpanAttributes.TENANT, request.claim().tenantSlug())
            .setAttribute(SpanAttributes.ENDPOINT, request.claim().name());
    int port = url.getPort() < 0 ? "https".equals(url.getScheme()) ? 443 : 80 : url.getPort();
    span.setAttribute(SpanAttributes.PORT, port);
    String event = request.headers().get("webhook-id");
    return event == null ? span : span.setAttribute(SpanAttributes.EVENT, event);
  }

  private static void describe(Span span, EndpointResponse response) {
    Integer status = response.status();
    if (status != null) {
      span.setAttribute(SpanAttributes.STATUS, status);
    }
    if (!response.accepted()) {
      Spans.fail(span, status == null ? "no response" : status.toString());
    }
  }
}
