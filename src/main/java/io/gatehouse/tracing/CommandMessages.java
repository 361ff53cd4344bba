package io.gatehouse.tracing;

import io.gatehouse.command.Caller;
import io.gatehouse.command.Envelope;
import io.opentelemetry.api.trace.Span;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Commands, but for the probes of readiness. */
final class CommandMessages implements TracedMessages<Envelope> {

  @Override
  public String queue() {
    return "commands";
  }

  @Override
  public boolean isTraced(Envelope message) {
    return !message.isProbe();
  }

  @Override
  public @Nullable String traceparent(Envelope message) {
    return message.traceparent();
  }

  @Override
  public Envelope traced(Envelope message, String traceparent) {
    return message.traced(traceparent);
  }

  @Override
  public void describe(Envelope message, Span span) {
    Caller caller = message.caller();
    span.setAttribute(SpanAttributes.MESSAGE, message.id().toString())
        .setAttribute(SpanAttributes.COMMAND, message.id().toString())
        .setAttribute(SpanAttributes.TENANT, caller.tenantSlug());
    UUID connection = caller.connection();
    if (connection != null) {
      span.setAttribute(SpanAttributes.CONNECTION, connection.toString());
    }
  }
}
