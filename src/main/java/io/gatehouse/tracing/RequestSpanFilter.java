package io.gatehouse.tracing;

import io.gatehouse.command.Caller;
import io.gatehouse.command.TraceParent;
import io.gatehouse.tenant.VerifiedCredential;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The spans of requests. All after this filter take the span of the request for the one that the
 * caller has sent.
 */
final class RequestSpanFilter extends OncePerRequestFilter {

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY");

  /** The words of the conventions for a method that is none. */
  private static final String OTHER = "_OTHER";

  private static final String OTHER_NAME = "HTTP";

  private final Spans spans;

  RequestSpanFilter(Spans spans) {
    this.spans = spans;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getRequestURI().startsWith("/admin/assets/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Span span =
        spans.begin(
            OTHER_NAME, SpanKind.SERVER, TraceParent.valid(request.getHeader(TraceParent.NAME)));
    @Nullable Throwable failure = null;
    try {
      chain.doFilter(new TracedRequest(request, Spans.traceparent(span)), response);
    } catch (IOException | ServletException | RuntimeException | Error e) {
      failure = e;
      throw e;
    } finally {
      if (span.isRecording()) {
        describe(span, request);
        describe(span, response.getStatus());
        name(span, request, response.getStatus());
      }
      Spans.end(span, failure);
    }
  }

  private static void describe(Span span, HttpServletRequest request) {
    String method = METHODS.contains(request.getMethod()) ? request.getMethod() : OTHER;
    Optional<String> route = RequestRoute.of(request);
    span.setAttribute(SpanAttributes.METHOD, method)
        .setAttribute(SpanAttributes.SCHEME, request.getScheme());
    route.ifPresent(it -> span.setAttribute(SpanAttributes.ROUTE, it));
    String name = method.equals(OTHER) ? OTHER_NAME : method;
    span.updateName(route.map(it -> name + " " + it).orElse(name));
  }

  private static void describe(Span span, int status) {
    span.setAttribute(SpanAttributes.STATUS, status);
    if (status >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
      Spans.fail(span, Integer.toString(status));
    }
  }

  /** Names whose request it was; what a path says counts only if something was there. */
  private static void name(Span span, HttpServletRequest request, int status) {
    if (request.getAttribute(VerifiedCredential.class.getName())
        instanceof VerifiedCredential credential) {
      Caller caller = credential.holder().caller();
      span.setAttribute(SpanAttributes.TENANT, caller.tenantSlug())
          .setAttribute(SpanAttributes.CONNECTION, caller.requireConnection().toString());
    } else if (status < HttpServletResponse.SC_BAD_REQUEST) {
      RequestRoute.tenant(request).ifPresent(it -> span.setAttribute(SpanAttributes.TENANT, it));
      RequestRoute.connection(request)
          .ifPresent(it -> span.setAttribute(SpanAttributes.CONNECTION, it.toString()));
    }
  }
}
