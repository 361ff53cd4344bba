package io.gatehouse.server;

import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Measures requests by the address that handles them, except those of IdPs. These have meters of
 * their own, and no address by which they could be told apart; to measure them twice would take a
 * twentieth of the CPU of a read.
 */
final class RequestObservation extends ServerHttpObservationFilter {

  private static final Set<String> SERVLETS = Set.of("/scim", "/webhooks");

  RequestObservation(ObservationRegistry registry) {
    super(registry);
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return SERVLETS.contains(request.getServletPath());
  }
}
