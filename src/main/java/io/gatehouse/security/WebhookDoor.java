package io.gatehouse.security;

import io.gatehouse.edge.WebhookCall;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes the bytes of a webhook call off the wire, within a limit and before anything reads them in
 * its own way. Who calls is for the route to prove, over these bytes.
 */
final class WebhookDoor extends OncePerRequestFilter {

  private static final List<String> METHODS = List.of("GET", "POST", "OPTIONS");
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MAX_OPEN = 100;

  private final Semaphore open = new Semaphore(MAX_OPEN);
  private final LongSupplier nanoTime;

  /**
   * Opens it.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  WebhookDoor(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!METHODS.contains(request.getMethod())) {
      response.setHeader("Allow", String.join(", ", METHODS));
      Answers.problem(response, HttpStatus.METHOD_NOT_ALLOWED, "No webhook has this method.");
      return;
    }
    if (Bodies.isEncoded(request)) {
      String detail = "The body must not be compressed.";
      Answers.problem(response, HttpStatus.UNSUPPORTED_MEDIA_TYPE, detail);
      return;
    }
    if (!open.tryAcquire()) {
      response.setHeader("Retry-After", "1");
      Answers.problem(response, HttpStatus.SERVICE_UNAVAILABLE, "Too many calls are under way.");
      return;
    }
    Optional<byte[]> read;
    try {
      read = read(request.getInputStream());
    } finally {
      open.release();
    }
    if (read.isEmpty()) {
      Answers.problem(response, HttpStatus.REQUEST_TIMEOUT, "The body takes too long.");
      return;
    }
    byte[] body = read.get();
    if (body.length > WebhookCall.MAX_BODY) {
      String detail = "The body is larger than " + WebhookCall.MAX_BODY + " bytes.";
      Answers.problem(response, HttpStatus.CONTENT_TOO_LARGE, detail);
      return;
    }
    request.setAttribute(WebhookCall.class.getName(), call(request, body));
    chain.doFilter(request, response);
  }

  /** Whoever sends byte by byte, and need not prove anything for that, keeps no thread for long. */
  private Optional<byte[]> read(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] part = new byte[8_192];
    long start = nanoTime.getAsLong();
    int length = in.read(part);
    while (length >= 0 && body.size() <= WebhookCall.MAX_BODY) {
      body.write(part, 0, length);
      if (nanoTime.getAsLong() - start > PATIENCE.toNanos()) {
        return Optional.empty();
      }
      length = in.read(part);
    }
    return Optional.of(body.toByteArray());
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
