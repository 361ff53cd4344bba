package io.gatehouse.tracing;

import io.gatehouse.edge.ScimBasePath;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.web.servlet.HandlerMapping;

/** The part of the path of a request that is ours, with places for what callers put in. */
final class RequestRoute {

  static final String WEBHOOKS = "/webhooks/";

  private static final Set<String> RESOURCES =
      Set.of("Users", "Groups", "Bulk", "Schemas", "ResourceTypes", "ServiceProviderConfig");

  private static final String SEARCH = ".search";

  private RequestRoute() {}

  /** For example {@code /scim/v2/Users/{id}}; empty when it is none of ours. */
  static Optional<String> of(HttpServletRequest request) {
    if (request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)
        instanceof String pattern) {
      return Optional.of(pattern);
    }
    String path = request.getRequestURI();
    return path.startsWith(WEBHOOKS)
        ? Optional.of(WEBHOOKS + "{idp}/{connection}")
        : ScimBasePath.below(path).flatMap(RequestRoute::ofScim);
  }

  private static Optional<String> ofScim(String path) {
    String[] parts = path.split("/", 2);
    if (!RESOURCES.contains(parts[0])) {
      return path.equals(SEARCH) ? Optional.of(ScimBasePath.PATH + "/" + SEARCH) : Optional.empty();
    }
    String resource = ScimBasePath.PATH + "/" + parts[0];
    if (parts.length == 1) {
      return Optional.of(resource);
    }
    return Optional.of(resource + "/" + (parts[1].equals(SEARCH) ? SEARCH : "{id}"));
  }

  /** The connection that a webhook is for. */
  static Optional<UUID> connection(HttpServletRequest request) {
    String[] parts = request.getRequestURI().split("/", 5);
    if (!request.getRequestURI().startsWith(WEBHOOKS) || parts.length < 4) {
      return Optional.empty();
    }
    try {
      return Optional.of(UUID.fromString(parts[3]));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The tenant that an administrator's request names in its path. */
  static Optional<String> tenant(HttpServletRequest request) {
    if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
        instanceof Map<?, ?> variables) {
      Object tenant = variables.get("tenant");
      return Optional.ofNullable(tenant == null ? variables.get("slug") : tenant)
          .map(Object::toString);
    }
    return Optional.empty();
  }
}
