package io.gatehouse.security;

import io.gatehouse.directory.StoreUnavailableException;
import io.gatehouse.edge.WebhookCall;
import io.gatehouse.edge.WebhookConnections;
import io.gatehouse.server.BodyPlaces;
import io.gatehouse.server.BodyReader;
import io.gatehouse.server.BodyRequest;
import io.gatehouse.server.MemoryBudget;
import io.gatehouse.server.RefusedBodyException;
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
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes the bytes of a webhook call off the wire, within limits and before anything reads them in
 * its own way. Who calls is for the route to prove, over these bytes. Where there is no connection,
 * the body is not read: the route refuses such a call whatever is in it.
 */
final class WebhookDoor extends OncePerRequestFilter {

  private static final List<String> METHODS = List.of("GET", "POST", "OPTIONS");

  /** {@code /okta/0b6f...}, split at its slashes. */
  private static final int PARTS = 4;

  private static final int ID = 2;

  private final WebhookConnections connections;
  private final BodyReader reader;
  private final BodyPlaces places;
  private final MemoryBudget budget;

  WebhookDoor(
      WebhookConnections connections, BodyReader reader, BodyPlaces places, MemoryBudget budget) {
    this.connections = connections;
    this.reader = reader;
    this.places = places;
    this.budget = budget;
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
    try (MemoryBudget.Reservation room = budget.open()) {
      byte[] body;
      try {
        body = body(request, room);
      } catch (RefusedBodyException e) {
        Answers.refuse(request, response, e);
        return;
      }
      request.setAttribute(WebhookCall.class.getName(), call(request, body));
      chain.doFilter(BodyRequest.empty(request), response);
    }
  }

  private byte[] body(HttpServletRequest request, MemoryBudget.Reservation room)
      throws IOException {
    Optional<UUID> connection = connection(request.getPathInfo());
    return connection.isEmpty()
        ? new byte[0]
        : places.read(
            connection.get().toString(),
            () ->
                reader.read(
                    request.getInputStream(),
                    request.getContentLengthLong(),
                    WebhookCall.MAX_BODY,
                    room));
  }

  /** The connection that a path names; none while nobody can tell, which the route finds too. */
  private Optional<UUID> connection(String path) {
    String[] parts = path == null ? new String[0] : path.split("/", PARTS);
    try {
      return parts.length > ID
          ? connections.find(UUID.fromString(parts[ID])).map(it -> it.id())
          : Optional.empty();
    } catch (IllegalArgumentException | StoreUnavailableException e) {
      return Optional.empty();
    }
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
