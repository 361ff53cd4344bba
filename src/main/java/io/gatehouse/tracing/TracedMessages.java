package io.gatehouse.tracing;

import io.opentelemetry.api.trace.Span;
import org.jspecify.annotations.Nullable;

/** How the messages of a queue carry a trace. */
interface TracedMessages<T> {

  String queue();

  /** Whether spans are made of it. */
  boolean isTraced(T message);

  /** Its place in a trace; null when it has none. */
  @Nullable String traceparent(T message);

  /** The same message at another place. */
  T traced(T message, String traceparent);

  void describe(T message, Span span);
}
