package io.gatehouse.server;

import io.gatehouse.edge.ScimBasePath;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Times SCIM requests, by what they ask for and what became of them. Nothing that a client sends is
 * a label, so that no client can make series.
 */
final class RequestTimer extends OncePerRequestFilter {

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(16)
  };

  private static final Set<String> RESOURCES = Set.of("Users", "Groups");

  private static final Set<String> DISCOVERY =
      Set.of("Schemas", "ResourceTypes", "ServiceProviderConfig");

  /** What a request asks for. */
  private enum Operation {
    CREATE,
    REPLACE,
    PATCH,
    DELETE,
    GET,
    SEARCH,
    BULK,
    DISCOVERY,
    OTHER
  }

  /** What became of a request. */
  private enum Result {
    OK,
    /** 4xx, but for the next two. */
    REFUSED,
    /** 401 and 403. */
    UNAUTHORIZED,
    /** 429. */
    LIMITED,
    /** 503. */
    UNAVAILABLE,
    /** Any other 5xx. */
    FAILED
  }

  /** What is measured of one operation. */
  private record Meters(Timer latency, Map<Result, Counter> requests) {
    void record(Result result, long nanos) {
      latency.record(nanos, TimeUnit.NANOSECONDS);
      Counter counter = requests.get(result);
      if (counter != null) {
        counter.increment();
      }
    }
  }

  private final Map<Operation, Meters> meters = new EnumMap<>(Operation.class);
  private final Meters other;

  RequestTimer(MeterRegistry registry) {
    for (Operation operation : Operation.values()) {
      meters.put(operation, meters(registry, operation));
    }
    other = meters(registry, Operation.OTHER);
  }

  private static Meters meters(MeterRegistry registry, Operation operation) {
    Map<Result, Counter> requests = new EnumMap<>(Result.class);
    for (Result result : Result.values()) {
      requests.put(
          result,
          Counter.builder("gatehouse.edge.requests")
              .description("SCIM requests")
              .tag("operation", word(operation))
              .tag("outcome", word(result))
              .register(registry));
    }
    Timer latency =
        Timer.builder("gatehouse.edge.latency")
            .description("time to answer a SCIM request")
            .tag("operation", word(operation))
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    return new Meters(latency, requests);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long start = System.nanoTime();
    Result result = Result.FAILED;
    try {
      chain.doFilter(request, response);
      result = result(response.getStatus());
    } catch (IOException e) {
      result = result(response.getStatus()); // the client has gone before the end of its answer
      throw e;
    } finally {
      meters.getOrDefault(operation(request), other).record(result, System.nanoTime() - start);
    }
  }

  private static Operation operation(HttpServletRequest request) {
    String path = ScimBasePath.below(request.getRequestURI()).orElse("");
    int slash = path.indexOf('/');
    String resource = slash < 0 ? path : path.substring(0, slash);
    if (RESOURCES.contains(resource)) {
      return ofResource(request.getMethod(), slash < 0 ? "" : path.substring(slash + 1));
    }
    if (resource.equals("Bulk")) {
      return Operation.BULK;
    }
    return DISCOVERY.contains(resource) ? Operation.DISCOVERY : Operation.OTHER;
  }

  private static Operation ofResource(String method, String id) {
    return switch (method) {
      case "GET" -> id.isEmpty() ? Operation.SEARCH : Operation.GET;
      case "POST" -> id.equals(".search") ? Operation.SEARCH : Operation.CREATE;
      case "PUT" -> Operation.REPLACE;
      case "PATCH" -> Operation.PATCH;
      case "DELETE" -> Operation.DELETE;
      default -> Operation.OTHER;
    };
  }

  private static Result result(int status) {
    return switch (status) {
      case 401, 403 -> Result.UNAUTHORIZED;
      case 429 -> Result.LIMITED;
      case 503 -> Result.UNAVAILABLE;
      default -> status < 400 ? Result.OK : status < 500 ? Result.REFUSED : Result.FAILED;
    };
  }
}
