package io.gatehouse.tracing;

import io.gatehouse.command.TraceParent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** A request whose {@code traceparent} is the span of the gateway, below that of the caller. */
final class TracedRequest extends HttpServletRequestWrapper {

  private final String traceparent;

  TracedRequest(HttpServletRequest request, String traceparent) {
    super(request);
    this.traceparent = traceparent;
  }

  @Override
  public String getHeader(String name) {
    return TraceParent.NAME.equalsIgnoreCase(name) ? traceparent : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return TraceParent.NAME.equalsIgnoreCase(name)
        ? Collections.enumeration(List.of(traceparent))
        : super.getHeaders(name);
  }
}
