package io.gatehouse.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Begins and ends spans. Their names, attributes and errors are names of ours and ids, never data
 * of a user.
 */
final class Spans {

  /** Where the parts of a {@code traceparent} of version 00 begin. */
  private static final int TRACE = 3;

  private static final int SPAN = 36;
  private static final int FLAGS = 53;

  private final Tracer tracer;

  Spans(Tracer tracer) {
    this.tracer = tracer;
  }

  /**
   * Begins a span.
   *
   * @param parent as {@code TraceParent} has it; null for a new trace
   */
  Span begin(String name, SpanKind kind, @Nullable String parent) {
    SpanBuilder span = tracer.spanBuilder(name).setSpanKind(kind);
    return parent == null
        ? span.setNoParent().startSpan()
        : span.setParent(Context.root().with(Span.wrap(context(parent)))).startSpan();
  }

  /** Begins a span below one of this thread. */
  Span begin(String name, SpanKind kind, Span parent) {
    return tracer
        .spanBuilder(name)
        .setSpanKind(kind)
        .setParent(Context.root().with(parent))
        .startSpan();
  }

  /**
   * Begins the span of what is done for several traces at once, which links to the parts as they
   * link to it; empty when it is done for one.
   */
  Optional<Span> together(String name, SpanKind kind, Collection<Span> parts) {
    if (parts.size() < 2) {
      return Optional.empty();
    }
    SpanBuilder builder = tracer.spanBuilder(name).setSpanKind(kind).setNoParent();
    parts.forEach(it -> builder.addLink(it.getSpanContext()));
    Span all = builder.startSpan();
    parts.forEach(it -> it.addLink(all.getSpanContext()));
    return Optional.of(all);
  }

  /** Ends a span; of a failure it has the type and no message, which may quote a value. */
  static void end(Span span, @Nullable Throwable failure) {
    if (failure != null) {
      fail(span, failure.getClass().getName());
    }
    span.end();
  }

  /** Does the work of spans that have begun, and ends them with it. */
  static void during(Collection<Span> begun, Runnable work) {
    @Nullable Throwable failure = null;
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      failure = e;
      throw e;
    } finally {
      for (Span span : begun) {
        end(span, failure);
      }
    }
  }

  static void fail(Span span, String type) {
    span.setStatus(StatusCode.ERROR);
    span.setAttribute(SpanAttributes.ERROR_TYPE, type);
  }

  /** The place of a span in its trace, for the next step. */
  static String traceparent(Span span) {
    SpanContext context = span.getSpanContext();
    return "00-"
        + context.getTraceId()
        + "-"
        + context.getSpanId()
        + "-"
        + context.getTraceFlags().asHex();
  }

  private static SpanContext context(String traceparent) {
    return SpanContext.createFromRemoteParent(
        traceparent.substring(TRACE, SPAN - 1),
        traceparent.substring(SPAN, FLAGS - 1),
        TraceFlags.fromHex(traceparent, FLAGS),
        TraceState.getDefault());
  }
}
