package io.gatehouse.admin.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.admin.api.ProblemException;
import io.gatehouse.command.Caller;
import io.gatehouse.command.WrittenResponses;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schemas;
import io.gatehouse.tenant.Connections.Connection;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * A request as an administrator gives it.
 *
 * @param method of HTTP
 * @param path {@code Users/<id>}, with or without the base path or the host, and with its query
 * @param body a JSON object, or the text of one; null for none
 */
public record GivenRequest(@Nullable String method, @Nullable String path, @Nullable Object body) {

  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
  private static final int MAX_PATH = 8_000;
  private static final String BASE = "/scim/v2";

  /** Host, base path, path and query. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:https?://[^/?#\\s]+)?(?:/*+scim/v2(?=[/?]|$))?/*+([^?#]*+)(?:\\?([^#]*+))?");

  /**
   * The request as the edge would read it.
   *
   * @throws ProblemException 400 when it is none
   */
  ScimRequest of(Connection connection, Schemas schemas) {
    Caller caller =
        new Caller(connection.tenant(), connection.tenantSlug(), connection.id(), connection.idp());
    ScimRequest.Client client =
        new ScimRequest.Client(
            caller, connection.settings(), schemas, "", new WrittenResponses().call());
    ScimRequest.Line line = line();
    ObjectNode content = WITH_BODY.contains(line.method()) ? content() : Json.object();
    return new ScimRequest(client, line, ScimRequest.Conditions.NONE, content, List.of());
  }

  private ScimRequest.Line line() {
    String verb = method == null ? "" : method.strip().toUpperCase(Locale.ROOT);
    if (!METHODS.contains(verb)) {
      throw ProblemException.badRequest("'method' must be GET, POST, PUT, PATCH or DELETE.");
    }
    if (path == null || path.isBlank() || path.length() > MAX_PATH || !Json.isText(path)) {
      throw ProblemException.badRequest(
          "'path' must be an address of SCIM with at most " + MAX_PATH + " characters.");
    }
    Matcher address = ADDRESS.matcher(path.strip());
    if (!address.matches()) {
      throw ProblemException.badRequest("'path' must be an address like Users or Groups/<id>.");
    }
    String resource = decoded(address.group(1));
    if (resource.equals("Bulk")) {
      throw ProblemException.badRequest(
          "A bulk request is not explained as a whole; give one of its operations.");
    }
    return new ScimRequest.Line(verb, resource, parameters(address.group(2)), BASE);
  }

  private static Map<String, String> parameters(@Nullable String query) {
    Map<String, String> parameters = new HashMap<>();
    if (query != null) {
      for (String pair : query.split("&")) {
        String[] parts = pair.replace('+', ' ').split("=", 2);
        if (!parts[0].isEmpty()) {
          parameters.putIfAbsent(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
        }
      }
    }
    return Map.copyOf(parameters);
  }

  private static String decoded(String text) {
    try {
      String plain = UriUtils.decode(text, StandardCharsets.UTF_8);
      if (plain.chars().noneMatch(Character::isISOControl) && Json.isText(plain)) {
        return plain;
      }
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest("'path' has a % that is no percent-encoding.");
    }
    throw ProblemException.badRequest("'path' has a control character.");
  }

  private ObjectNode content() {
    if (body == null || body instanceof String text && text.isBlank()) {
      throw ProblemException.badRequest("The method needs a 'body', a JSON object.");
    }
    String text = body instanceof String given ? given : Json.text(Json.MAPPER.valueToTree(body));
    return Json.object(text.getBytes(StandardCharsets.UTF_8));
  }
}
