package io.gatehouse.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Decides by the id of a trace, so that all its spans, of whatever gateway, have the same answer.
 * What a caller has decided for itself does not count: IdPs send contexts of traces that they do
 * not record. A span that begins with links is exported when one of those is.
 */
final class TraceSampler implements Sampler {

  private final Sampler byId;

  TraceSampler(double ratio) {
    this.byId = Sampler.traceIdRatioBased(ratio);
  }

  @Override
  public SamplingResult shouldSample(
      Context parent,
      String traceId,
      String name,
      SpanKind kind,
      Attributes attributes,
      List<LinkData> links) {
    if (links.isEmpty()) {
      return byId.shouldSample(parent, traceId, name, kind, attributes, links);
    }
    return links.stream().anyMatch(it -> it.getSpanContext().isSampled())
        ? SamplingResult.recordAndSample()
        : SamplingResult.drop();
  }

  @Override
  public String getDescription() {
    return "TraceSampler{" + byId.getDescription() + "}";
  }
}
