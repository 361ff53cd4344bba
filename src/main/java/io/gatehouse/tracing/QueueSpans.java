package io.gatehouse.tracing;

import io.gatehouse.command.MessageTraces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The spans of a queue. Each message of a batch has a span in its own trace, and a batch of several
 * one more, which links to all of them.
 */
final class QueueSpans<T> implements MessageTraces<T> {

  private static final String SEND = "send";
  private static final String PROCESS = "process";

  private final Spans spans;
  private final TracedMessages<T> messages;

  QueueSpans(Spans spans, TracedMessages<T> messages) {
    this.spans = spans;
    this.messages = messages;
  }

  /** Spans that have begun, and what they are about. */
  private record Begun<M>(M message, List<Span> spans) implements Step<M> {
    @Override
    public void end(@Nullable Throwable failure) {
      spans.forEach(it -> Spans.end(it, failure));
    }
  }

  @Override
  public Step<T> send(T message) {
    if (!messages.isTraced(message)) {
      return new Begun<>(message, List.of());
    }
    Span span = begin(SEND, SpanKind.PRODUCER, message);
    return new Begun<>(messages.traced(message, Spans.traceparent(span)), List.of(span));
  }

  @Override
  public Step<List<T>> process(List<T> batch) {
    List<Span> begun = new ArrayList<>();
    List<T> traced = new ArrayList<>();
    for (T message : batch) {
      if (messages.isTraced(message)) {
        Span span = begin(PROCESS, SpanKind.CONSUMER, message);
        begun.add(span);
        traced.add(messages.traced(message, Spans.traceparent(span)));
      } else {
        traced.add(message);
      }
    }
    int count = begun.size();
    Optional<Span> all = spans.together(name(PROCESS), SpanKind.CONSUMER, begun);
    all.ifPresent(
        it -> {
          SpanAttributes.ofMessaging(it, PROCESS, messages.queue());
          it.setAttribute(SpanAttributes.BATCH, count);
          begun.add(it);
        });
    return new Begun<>(traced, begun);
  }

  private Span begin(String operation, SpanKind kind, T message) {
    Span span = spans.begin(name(operation), kind, messages.traceparent(message));
    SpanAttributes.ofMessaging(span, operation, messages.queue());
    messages.describe(message, span);
    return span;
  }

  private String name(String operation) {
    return operation + " " + messages.queue();
  }
}
