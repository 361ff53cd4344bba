package io.gatehouse.tracing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.change.AnnouncementTraces;
import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.command.TraceParent;
import io.gatehouse.scim.Json;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The spans of the relay: one for the changes of a command, below the one that has applied it, and
 * one for several commands that are announced together.
 */
final class RelaySpans implements AnnouncementTraces {

  private static final String NAME = "relay changes";

  private static final ContextKey<Map<String, Span>> RELAYED =
      ContextKey.named("gatehouse.relayed");

  private final Spans spans;

  RelaySpans(Spans spans) {
    this.spans = spans;
  }

  /**
   * The spans of the changes that this thread relays, by the {@code traceparent} of their events;
   * empty when it relays none.
   */
  static Map<String, Span> current() {
    Map<String, Span> relayed = Context.current().get(RELAYED);
    return relayed == null ? Map.of() : relayed;
  }

  @Override
  public void announce(List<Announcement> changes, Consumer<List<Announcement>> publisher) {
    Map<String, Span> relayed = new LinkedHashMap<>();
    for (Announcement change : changes) {
      ObjectNode data = Json.stored(change.data());
      String traceparent = TraceParent.valid(Json.text(data, TraceParent.NAME));
      if (traceparent != null) {
        relayed.computeIfAbsent(traceparent, it -> begin(it, change, data));
      }
    }
    List<Span> begun = new ArrayList<>(relayed.values());
    spans.together(NAME, SpanKind.INTERNAL, relayed.values()).ifPresent(begun::add);
    Context context = Context.current().with(RELAYED, relayed);
    Spans.during(begun, context.wrap(() -> publisher.accept(changes)));
  }

  private Span begin(String traceparent, Announcement change, ObjectNode data) {
    return spans
        .begin(NAME, SpanKind.INTERNAL, traceparent)
        .setAttribute(SpanAttributes.TENANT, change.tenantSlug())
        .setAttribute(SpanAttributes.COMMAND, data.at("/origin/command").asText());
  }
}
