package io.gatehouse.tracing;

import io.gatehouse.delivery.CloudEvent;
import io.gatehouse.delivery.EventPublisher;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The spans of events that are sent to the queues of subscribers, below those of the relay. Events
 * that a subscriber is sent again have none.
 */
final class EventSpans implements EventPublisher {

  private static final String SEND = "send";

  private final Spans spans;
  private final EventPublisher publisher;

  EventSpans(Spans spans, EventPublisher publisher) {
    this.spans = spans;
    this.publisher = publisher;
  }

  @Override
  public void publish(List<CloudEvent> events) {
    Spans.during(begin(events), () -> publisher.publish(events));
  }

  private List<Span> begin(List<CloudEvent> events) {
    Map<String, Span> relayed = RelaySpans.current();
    if (relayed.isEmpty()) {
      return List.of();
    }
    List<Span> begun = new ArrayList<>();
    for (CloudEvent event : events) {
      String traceparent = event.attributes().get(CloudEvent.TRACEPARENT);
      Span relay = traceparent == null ? null : relayed.get(traceparent);
      if (relay != null) {
        begun.add(begin(event, relay));
      }
    }
    return begun;
  }

  private Span begin(CloudEvent event, Span relay) {
    Span span = spans.begin(SEND + " " + event.address(), SpanKind.PRODUCER, relay);
    SpanAttributes.ofMessaging(span, SEND, event.address());
    return span.setAttribute(SpanAttributes.MESSAGE, event.id())
        .setAttribute(SpanAttributes.EVENT, event.id())
        .setAttribute(SpanAttributes.EVENT_TYPE, event.type())
        .setAttribute(SpanAttributes.TENANT, event.tenant());
  }
}
