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
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
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
        if (body.isPresent()) {
          chain.doFilter(wrapped(request, body.get()), response);
        }
      }
    }
  }

  private static BodyRequest wrapped(HttpServletRequest request, byte[] body) {
    return FormRequest.isForm(request)
        ? new FormRequest(request, body)
        : BodyRequest.of(request, body);
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
              caller(),
              () ->
                  reader.read(
                      request.getInputStream(), request.getContentLengthLong(), most, room)));
    } catch (RefusedBodyException e) {
      ErrorResponses.refuse(request, response, e);
      return Optional.empty();
    }
  }

  private static String caller() {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication == null ? "" : authentication.getName();
  }
}
