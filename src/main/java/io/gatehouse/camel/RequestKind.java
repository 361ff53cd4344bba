package io.gatehouse.camel;

import io.gatehouse.edge.ScimRequest.Line;
import java.util.Set;

/** The route of a call after authentication: {@code direct:edge-<word>}. */
enum RequestKind {
  READ,
  WRITE,
  BULK;

  private static final Set<String> WRITING = Set.of("POST", "PUT", "PATCH", "DELETE");
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  static RequestKind of(Line line) {
    if (line.path().equals("Bulk") && line.method().equals("POST")) {
      return BULK;
    }
    return WRITING.contains(line.method()) && isResource(line) ? WRITE : READ;
  }

  private static boolean isResource(Line line) {
    return (line.path().startsWith("Users") || line.path().startsWith("Groups"))
        && !line.path().endsWith("/.search");
  }

  static boolean hasBody(Line line) {
    return WITH_BODY.contains(line.method())
        && (of(line) != READ || line.path().endsWith(".search"));
  }
}
