package io.gatehouse.security;

import io.gatehouse.server.BodyReadSlots;
import io.gatehouse.server.BodyReader;
import io.gatehouse.server.BodyRequest;
import io.gatehouse.server.FormRequest;
import io.gatehouse.server.MemoryBudget;
import io.gatehouse.server.RefusedBodyException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the body of an authenticated request within limits of time, size and memory; nothing reads
 * it before. The memory stays reserved until the request is answered.
 */
final class RequestBodyFilter extends OncePerRequestFilter {

  /** The limit of a body that is not read here, but streamed to its consumer. */
  static final int STREAMED = 0;

  /** The limit of paths that are open to every client and accept no body. */
  static final int UNWANTED = -1;

  /** Groups of addresses, so that a stranger holds up few others. */
  private static final int STRANGERS = 64;

  private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH");

  private final BodyReader reader;
  private final BodyReadSlots places;
  private final MemoryBudget budget;
  private final ToIntFunction<HttpServletRequest> limit;

  /**
   * Creates a filter.
   *
   * @param limit the most bytes that the body of a request may have, {@link #STREAMED} or {@link
   *     #UNWANTED}
   */
  RequestBodyFilter(
      BodyReader reader,
      BodyReadSlots places,
      MemoryBudget budget,
      ToIntFunction<HttpServletRequest> limit) {
    this.reader = reader;
    this.places = places;
    this.budget = budget;
    this.limit = limit;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    int most = limit.applyAsInt(request);
    if (most == UNWANTED || !METHODS.contains(request.getMethod())) {
      chain.doFilter(BodyRequest.empty(request), response);
    } else if (most == STREAMED) {
      chain.doFilter(BodyRequest.timed(request, reader), response);
    } else {
      try (MemoryBudget.Reservation room = budget.open()) {
        Optional<byte[]> body = body(request, response, most, room);
        Optional<BodyRequest> readable = body.flatMap(it -> wrapped(request, response, it));
        if (readable.isPresent()) {
          chain.doFilter(readable.get(), response);
        }
      }
    }
  }

  /** The request with its body; empty when it was answered, because it is a form with errors. */
  private static Optional<BodyRequest> wrapped(
      HttpServletRequest request, HttpServletResponse response, byte[] body) {
    if (!FormRequest.isForm(request)) {
      return Optional.of(BodyRequest.of(request, body));
    }
    try {
      return Optional.of(new FormRequest(request, body));
    } catch (IllegalArgumentException e) {
      refuse(request, response);
      return Optional.empty();
    }
  }

  private static void refuse(HttpServletRequest request, HttpServletResponse response) {
    try {
      ErrorResponses.error(
          response,
          request.getRequestURI(),
          HttpStatus.BAD_REQUEST,
          "The form cannot be decoded, or has too many fields.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The body; empty when the request was answered with an error. */
  private Optional<byte[]> body(
      HttpServletRequest request,
      HttpServletResponse response,
      int most,
      MemoryBudget.Reservation room)
      throws IOException {
    try {
      return Optional.of(
          places.read(
              caller(request),
              () ->
                  reader.read(
                      request.getInputStream(), request.getContentLengthLong(), most, room)));
    } catch (RefusedBodyException e) {
      ErrorResponses.refuse(request, response, e);
      return Optional.empty();
    }
  }

  /** The caller; of clients that are not signed in, one of some groups of addresses. */
  private static String caller(HttpServletRequest request) {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication == null
        ? "stranger " + Math.floorMod(request.getRemoteAddr().hashCode(), STRANGERS)
        : authentication.getName();
  }
}
