package io.gatehouse.camel;

import io.gatehouse.command.WrittenResponses;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sees to it that it is known which answers to writes have gone out. */
final class WrittenResponsesFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private final transient WrittenResponses writtenResponses;

  WrittenResponsesFilter(WrittenResponses writtenResponses) {
    this.writtenResponses = writtenResponses;
  }

  /** The call that a request is. */
  static WrittenResponses.Call call(HttpServletRequest request) {
    return (WrittenResponses.Call) request.getAttribute(WrittenResponses.Call.class.getName());
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    WrittenResponses.Call call = writtenResponses.call();
    request.setAttribute(WrittenResponses.Call.class.getName(), call);
    boolean written = false;
    try {
      chain.doFilter(request, response);
      if (!call.isEmpty()) {
        response.flushBuffer();
      }
      written = true;
    } finally {
      if (written) {
        call.written();
      } else {
        call.notWritten();
      }
    }
  }
}
