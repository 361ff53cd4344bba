package io.gatehouse.security;

import io.gatehouse.edge.WebhookCall;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes the bytes of a webhook call off the wire, within a limit and before anything reads them in
 * its own way. Who calls is for the route to prove, over these bytes.
 */
final class WebhookDoor extends OncePerRequestFilter {

  private static final List<String> METHODS = List.of("GET", "POST", "OPTIONS");

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!METHODS.contains(request.getMethod())) {
      response.setHeader("Allow", String.join(", ", METHODS));
      Answers.problem(response, HttpStatus.METHOD_NOT_ALLOWED, "No webhook has this method.");
      return;
    }
    if (request.getHeader("Content-Encoding") != null) {
      String detail = "The body must not be compressed.";
      Answers.problem(response, HttpStatus.UNSUPPORTED_MEDIA_TYPE, detail);
      return;
    }
    byte[] body = request.getInputStream().readNBytes(WebhookCall.MAX_BODY + 1);
    if (body.length > WebhookCall.MAX_BODY) {
      String detail = "The body is larger than " + WebhookCall.MAX_BODY + " bytes.";
      Answers.problem(response, HttpStatus.CONTENT_TOO_LARGE, detail);
      return;
    }
    request.setAttribute(WebhookCall.class.getName(), call(request, body));
    chain.doFilter(request, response);
  }

  private static WebhookCall call(HttpServletRequest request, byte[] body) {
    Map<String, String> headers = new HashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.put(name.toLowerCase(Locale.ROOT), request.getHeader(name));
    }
    String query = request.getQueryString() == null ? "" : request.getQueryString();
    return new WebhookCall(request.getMethod(), query, headers, body);
  }
}
