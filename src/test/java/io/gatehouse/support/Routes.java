package io.gatehouse.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.scim.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** All addresses of a gateway, and calls of them on the real objects of one tenant. */
public final class Routes {

  private static final String API = "/admin/api/";
  private static final int SHOWN = 200_000;
  private static final Pattern VARIABLE = Pattern.compile("\\{\\*?([A-Za-z]+)(?::([^}]*))?\\}");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Gateway gateway;
  private final Scene scene;

  public Routes(Gateway gateway) {
    this.gateway = gateway;
    this.scene = new Scene(gateway);
  }

  /** An address with its verb and the method that serves it. */
  public record Route(String verb, String pattern, String type, HandlerMethod method) {
    public String name() {
      return verb + " " + pattern;
    }

    /** The role that it needs; null when it says none. */
    public Role role() {
      Requires requires = method.getMethodAnnotation(Requires.class);
      return requires == null ? null : requires.value();
    }

    boolean isApi() {
      return pattern.startsWith(API);
    }
  }

  /** The token of an administrator, and the browser of one with the same role and tenants. */
  public record Credential(String token, PortalClient browser) {}

  /** What came back. */
  public record Called(int status, String address, String body) {
    /** Whether the sign-in is missing. */
    public boolean refused() {
      return status == 401
          || address.startsWith("/admin/sign-in?")
          || address.equals("/admin/sign-in");
    }

    @Override
    public String toString() {
      return status + " at " + address + " " + body.substring(0, Math.min(300, body.length()));
    }
  }

  /** The routes that the application has; those that remove something come last. */
  public List<Route> all() {
    return gateway
        .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .entrySet()
        .stream()
        .filter(it -> isOfMain(it.getValue().getBeanType()))
        .flatMap(it -> routes(it.getKey(), it.getValue()))
        .sorted(
            Comparator.comparing((Route it) -> it.verb().equals("DELETE"))
                .thenComparing(Route::name))
        .toList();
  }

  /** Tests have some too. */
  private static boolean isOfMain(Class<?> controller) {
    return !controller
        .getProtectionDomain()
        .getCodeSource()
        .getLocation()
        .getPath()
        .contains("test-classes");
  }

  private static Stream<Route> routes(RequestMappingInfo mapping, HandlerMethod method) {
    Set<RequestMethod> verbs = mapping.getMethodsCondition().getMethods();
    String type =
        mapping.getConsumesCondition().getConsumableMediaTypes().stream()
            .map(MediaType::toString)
            .findFirst()
            .orElse("application/json");
    return mapping.getPatternValues().stream()
        .flatMap(
            pattern ->
                (verbs.isEmpty() ? Set.of(RequestMethod.GET, RequestMethod.POST) : verbs)
                    .stream().map(verb -> new Route(verb.name(), pattern, type, method)));
  }

  /** The objects of a tenant that the addresses name. */
  public Scene scene() {
    return scene;
  }

  public Credential credential(Role role, String... tenants) {
    var wanted =
        Json.object()
            .put("name", "walk-" + UUID.randomUUID())
            .put("role", role.word())
            .put("expiresAt", Instant.now().plus(Duration.ofHours(1)).toString());
    for (String tenant : tenants) {
      wanted.withArray("tenants").add(tenant);
    }
    Gateway.Answer made = gateway.admin("POST", "/access/tokens", wanted);
    assertThat(made.status()).isEqualTo(201);
    PortalClient browser = PortalClient.signedIn(gateway, role, tenants);
    browser.get("/admin/password"); // for the token of the forms
    return new Credential(made.json().path("token").asText(), browser);
  }

  /** Calls an address; without a credential when there is none. */
  public Called call(Route route, Credential credential) {
    String path = scene.path(route);
    if (route.isApi() || !route.pattern().startsWith("/admin")) {
      return callApi(route, path, credential);
    }
    PortalClient browser = credential == null ? anonymous() : credential.browser();
    PortalClient.Page page = route.verb().equals("GET") ? browser.get(path) : browser.post(path);
    return new Called(page.status(), address(page.address()), page.html());
  }

  private PortalClient anonymous() {
    PortalClient browser = PortalClient.of(gateway);
    browser.get("/admin/sign-in?next=/admin/walk");
    return browser;
  }

  private static String address(URI it) {
    return it.getPath() + (it.getQuery() == null ? "" : "?" + it.getQuery());
  }

  /** Reads the beginning only, for some answers never end. */
  private Called callApi(Route route, String path, Credential credential) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gateway.url(path)))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", route.type())
            .method(
                route.verb(),
                Set.of("GET", "DELETE").contains(route.verb())
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString("{}"));
    if (credential != null) {
      request.header("Authorization", "Bearer " + credential.token());
    }
    try {
      HttpResponse<InputStream> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        boolean endless =
            answer.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
        byte[] read = endless ? new byte[0] : body.readNBytes(SHOWN);
        return new Called(answer.statusCode(), path, new String(read, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A tenant with a connection, a user, a group, a subscription and an endpoint. */
  public static final class Scene {
    private final Gateway gateway;
    private final ScimClient idp;
    private final UUID user;
    private final UUID group;

    Scene(Gateway gateway) {
      this.gateway = gateway;
      this.idp = gateway.connection("entra");
      ObjectNode person = Json.object().put("userName", "walk-" + UUID.randomUUID());
      person.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:User");
      this.user = idp.create(person).id();
      ObjectNode team = Json.object().put("displayName", "walkers");
      team.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:Group");
      this.group = idp.call("POST", "/Groups", team).id();
      gateway.subscription(idp.tenant(), "queue");
    }

    private String id(String pattern) {
      if (pattern.contains("/connections/{")) {
        return idp.connection();
      }
      if (pattern.contains("/users/{")) {
        return user.toString();
      }
      return pattern.contains("/groups/{") ? group.toString() : UUID.randomUUID().toString();
    }

    String path(Route route) {
      String pattern = route.pattern();
      return VARIABLE.matcher(pattern).replaceAll(it -> value(pattern, it));
    }

    private String value(String pattern, MatchResult variable) {
      String alternatives = variable.group(2);
      if (alternatives != null && alternatives.contains("|")) {
        return alternatives.split("\\|")[0];
      }
      boolean first = pattern.indexOf('{') == variable.start();
      return switch (variable.group(1)) {
        case "tenant", "slug" -> idp.tenant();
        case "name" -> "queue";
        case "idp" -> "entra";
        case "page" -> "limits";
        case "urn" -> "urn:example:nothing";
        default ->
            first || pattern.startsWith("/admin/tenants/{")
                ? id(pattern)
                : UUID.randomUUID().toString();
      };
    }

    /** Whether a route names an object of the tenant. */
    public boolean names(Route route) {
      String path = path(route);
      return Stream.of(idp.tenant(), idp.connection(), user.toString(), group.toString())
          .anyMatch(path::contains);
    }

    /** What no administrator of another tenant sees. */
    public String[] secrets() {
      return new String[] {"walkers", "\"userName\":\"walk-"};
    }

    /** Nothing of it was removed or changed. */
    public void isUnchanged() {
      assertThat(idp.get(user).status()).isEqualTo(200);
      JsonNode connection = gateway.admin("GET", "/connections/" + idp.connection(), null).json();
      assertThat(connection.path("tokens")).hasSize(1);
      assertThat(gateway.admin("GET", "/subscriptions/" + idp.tenant() + "/queue", null).status())
          .isEqualTo(200);
    }
  }
}
