package io.gatehouse.security;

import io.gatehouse.server.BodyReadSlots;
import io.gatehouse.server.BodyReader;
import io.gatehouse.server.BodyRequest;
import io.gatehouse.server.MemoryBudget;
import io.gatehouse.server.RefusedBodyException;
import io.gatehouse.signin.SignIns.Attempt;
import io.gatehouse.signin.SignIns.Realm;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.webhook.WebhookCall;
import io.gatehouse.webhook.WebhookConnections;
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
import java.util.OptionalInt;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the bytes of a webhook call, within limits and before anything parses them. The route
 * verifies the sender over these bytes. Without a connection, the body is not read, because the
 * route refuses such a call anyway. Calls from an address with too many failed proofs at the
 * connection share a few places, from before their body is read until they are answered. So they
 * cannot use up resources that others need, and a valid proof still passes.
 */
final class WebhookBodyFilter extends OncePerRequestFilter {

  private static final List<String> METHODS = List.of("GET", "POST", "OPTIONS");

  /** {@code /okta/0b6f...}, split at its slashes. */
  private static final int PARTS = 4;

  private static final int ID = 2;

  private final WebhookConnections connections;
  private final Lanes lanes;
  private final MemoryBudget budget;
  private final SignInGuard signInGuard;

  WebhookBodyFilter(
      WebhookConnections connections, Lanes lanes, MemoryBudget budget, SignInGuard signInGuard) {
    this.connections = connections;
    this.lanes = lanes;
    this.budget = budget;
    this.signInGuard = signInGuard;
  }

  /**
   * The places where bodies are read.
   *
   * @param places for all calls to a connection
   * @param distrusted for calls to a connection from addresses with too many failed proofs
   */
  record Lanes(BodyReader reader, BodyReadSlots places, BodyReadSlots distrusted) {}

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!METHODS.contains(request.getMethod())) {
      response.setHeader("Allow", String.join(", ", METHODS));
      ErrorResponses.problem(
          response, HttpStatus.METHOD_NOT_ALLOWED, "No webhook has this method.");
      return;
    }
    if (BodyHeaders.isEncoded(request)) {
      String detail = "The body must not be compressed.";
      ErrorResponses.problem(response, HttpStatus.UNSUPPORTED_MEDIA_TYPE, detail);
      return;
    }
    Optional<UUID> connection = connection(request.getPathInfo());
    if (connection.isEmpty()) {
      goOn(request, response, new byte[0], chain);
      return;
    }
    Attempt attempt = signInGuard.attempt(Realm.WEBHOOK, request, new byte[0]);
    Call call = new Call(request, response, connection.get(), attempt);
    OptionalInt wait = signInGuard.signIns().distrusted(attempt, connection.get());
    try (MemoryBudget.Reservation room = budget.open()) {
      if (wait.isEmpty()) {
        pass(call, () -> lanes.places().read(call.place(), () -> read(request, room)), chain);
      } else {
        passDistrusted(call, wait, () -> read(request, room), chain);
      }
    }
  }

  /** A call to a connection that exists. */
  private record Call(
      HttpServletRequest request, HttpServletResponse response, UUID connection, Attempt attempt) {

    String place() {
      return connection.toString();
    }
  }

  private void passDistrusted(
      Call call,
      OptionalInt wait,
      BodyReadSlots.Reading<byte[], IOException> body,
      FilterChain chain)
      throws ServletException, IOException {
    Optional<BodyReadSlots.Place> place = lanes.distrusted().take(call.place());
    if (place.isEmpty()) {
      signInGuard.signIns().unread(call.attempt());
      SignInGuard.holds(wait, call.request(), call.response());
      return;
    }
    try (BodyReadSlots.Place held = place.get()) {
      pass(call, body, chain);
    }
  }

  private void pass(Call call, BodyReadSlots.Reading<byte[], IOException> body, FilterChain chain)
      throws ServletException, IOException {
    byte[] read;
    try {
      read = body.read();
    } catch (RefusedBodyException e) {
      if (e.isSlow()) {
        signInGuard.signIns().unproven(call.attempt(), call.connection());
      }
      ErrorResponses.refuse(call.request(), call.response(), e);
      return;
    }
    goOn(call.request(), call.response(), read, chain);
  }

  private static void goOn(
      HttpServletRequest request, HttpServletResponse response, byte[] body, FilterChain chain)
      throws ServletException, IOException {
    request.setAttribute(WebhookCall.class.getName(), call(request, body));
    chain.doFilter(BodyRequest.empty(request), response);
  }

  private byte[] read(HttpServletRequest request, MemoryBudget.Reservation room)
      throws IOException {
    return lanes
        .reader()
        .read(request.getInputStream(), request.getContentLengthLong(), WebhookCall.MAX_BODY, room);
  }

  /**
   * The connection in a path; empty when it is unknown or the store is unavailable, which the route
   * detects too.
   */
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
