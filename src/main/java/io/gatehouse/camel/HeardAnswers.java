package io.gatehouse.camel;

import io.gatehouse.command.Hearing;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sees to it that it is known which answers to writes have gone out. */
final class HeardAnswers extends HttpFilter {

  private final transient Hearing hearing;

  HeardAnswers(Hearing hearing) {
    this.hearing = hearing;
  }

  /** The call that a request is. */
  static Hearing.Call call(HttpServletRequest request) {
    return (Hearing.Call) request.getAttribute(Hearing.Call.class.getName());
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Hearing.Call call = hearing.call();
    request.setAttribute(Hearing.Call.class.getName(), call);
    boolean written = false;
    try {
      chain.doFilter(request, response);
      if (!call.isEmpty()) {
        response.flushBuffer();
      }
      written = true;
    } finally {
      if (written) {
        call.heard();
      } else {
        call.lost();
      }
    }
  }
}
