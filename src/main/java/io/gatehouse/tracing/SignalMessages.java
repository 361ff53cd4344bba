package io.gatehouse.tracing;

import io.gatehouse.inbox.SignalBatch;
import io.opentelemetry.api.trace.Span;
import org.jspecify.annotations.Nullable;

/** The signals of a webhook call, which are one message. */
final class SignalMessages implements TracedMessages<SignalBatch> {

  @Override
  public String queue() {
    return "signals";
  }

  @Override
  public boolean isTraced(SignalBatch message) {
    return true;
  }

  @Override
  public @Nullable String traceparent(SignalBatch message) {
    return message.traceparent();
  }

  @Override
  public SignalBatch traced(SignalBatch message, String traceparent) {
    return message.traced(traceparent);
  }

  @Override
  public void describe(SignalBatch message, Span span) {
    span.setAttribute(SpanAttributes.CONNECTION, message.connection().toString());
  }
}
