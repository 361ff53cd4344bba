package io.gatehouse.security;

import io.gatehouse.command.Caller;
import io.gatehouse.edge.ScimBasePath;
import io.gatehouse.tenant.CallActivity;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/** Notes when a connection has called, what it called, and whether it was refused. */
final class CallRecorder extends OncePerRequestFilter {

  /** Of no other part of a path, which may name a user. */
  private static final Set<String> RESOURCES =
      Set.of("Users", "Groups", "Bulk", "Schemas", "ResourceTypes", "ServiceProviderConfig");

  private static final Set<String> PARAMETERS =
      Set.of("filter", "startIndex", "count", "cursor", "attributes", "excludedAttributes");

  private static final Set<String> READS = Set.of("GET", "HEAD");
  private static final String CALLER = CallRecorder.class.getName();

  private final CallActivity calls;

  CallRecorder(CallActivity calls) {
    this.calls = calls;
  }

  /** Says whose call a request is. */
  static void identify(HttpServletRequest request, Caller caller) {
    request.setAttribute(CALLER, caller);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(request, response);
    if (request.getAttribute(CALLER) instanceof Caller caller) {
      calls.answered(
          caller.requireConnection(),
          READS.contains(request.getMethod()),
          response.getStatus(),
          () -> call(request));
    }
  }

  private static String call(HttpServletRequest request) {
    String uri = request.getRequestURI();
    int base = uri.indexOf(ScimBasePath.PATH);
    String path = base < 0 ? "" : uri.substring(base + ScimBasePath.PATH.length());
    String[] parts = path.replaceFirst("^/+", "").split("/", 2);
    String resource = RESOURCES.contains(parts[0]) ? parts[0] : "(other)";
    return request.getMethod()
        + " "
        + resource
        + (parts.length == 2 && !parts[1].isEmpty() ? "/{id}" : "")
        + parameters(request.getQueryString());
  }

  private static String parameters(@Nullable String query) {
    if (query == null) {
      return "";
    }
    String names =
        Arrays.stream(query.split("&"))
            .map(it -> it.split("=", 2)[0])
            .filter(PARAMETERS::contains)
            .distinct()
            .collect(Collectors.joining("&"));
    return names.isEmpty() ? "" : "?" + names;
  }
}
