package io.gatehouse.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.Gatehouse;
import io.gatehouse.broker.SubscriberQueues;
import io.gatehouse.scim.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The whole gateway on free ports, with a real PostgreSQL and a real broker, and the calls that
 * tests make.
 */
public final class Gateway implements AutoCloseable {

  public static final String ADMIN_TOKEN = "test-admin-token";

  /** The key of {@link #shared()}, for a second gateway on its database. */
  public static final String SECRET_KEY =
      "--gatehouse.secret-key=one-key-for-all-gateways-of-a-database";

  private static final String LOCAL = "http://localhost:";
  private static final Duration TIMEOUT = Duration.ofSeconds(40);
  private static Gateway shared;

  /** Those in this process, by the port of their subscribers. */
  private static final Map<Integer, Gateway> RUNNING = new ConcurrentHashMap<>();

  private final HttpClient http = HttpClient.newHttpClient();
  private final ConfigurableApplicationContext context;
  private final String base;
  private final String management;

  private Gateway(ConfigurableApplicationContext context, String base, String management) {
    this.context = context;
    this.base = base;
    this.management = management;
  }

  /** A gateway in another process. */
  public static Gateway at(int port, int managementPort) {
    return new Gateway(null, LOCAL + port, LOCAL + managementPort);
  }

  /**
   * One gateway for all tests that need nothing special; each test makes a tenant of its own. A
   * test that moves its clock puts it right at the end.
   */
  public static synchronized Gateway shared() {
    if (shared == null) {
      shared =
          start(
              MovableClock.class, temporaryFolder(), EntraAuthority.shared().setting(), SECRET_KEY);
      shared.stopPolling();
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
    }
    return shared;
  }

  /** Tests say when an IdP is asked, and end their IdPs while the gateway goes on. */
  private void stopPolling() {
    try {
      bean(CamelContext.class).getRouteController().stopRoute("inbox-poll");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public static Gateway start(Path data, String... settings) {
    return start(Gatehouse.class, data, settings);
  }

  /** A gateway with one more component. */
  public static Gateway start(Class<?> more, Path data, String... settings) {
    Map<String, String> arguments = arguments(data);
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      if (parts[1].isEmpty()) {
        arguments.remove(parts[0]); // as if it were not set
      } else {
        arguments.put(parts[0], parts[1]);
      }
    }
    if (!arguments.containsKey("--gatehouse.db.url")) {
      fill(data);
      // Each costs a start some 30 ms. Where the database is a part of the test, all are there.
      arguments.putIfAbsent("--spring.datasource.hikari.minimum-idle", "2");
    }
    return run(more, arguments);
  }

  /** The data folder of a gateway that has not been used yet, unless something is there. */
  static void fill(Path data) {
    DataTemplate.ofGateway()
        .fill(
            data,
            it -> {
              try (Gateway first = run(Gatehouse.class, arguments(it))) {
                first.sql("delete from instance");
              }
            });
  }

  private static Map<String, String> arguments(Path data) {
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put("--gatehouse.data", data.toString());
    arguments.put("--gatehouse.port", "0");
    arguments.put("--gatehouse.management-port", "0");
    arguments.put("--gatehouse.broker.port", "0");
    arguments.put("--gatehouse.admin-token", ADMIN_TOKEN);
    arguments.put("--gatehouse.endpoints.allow-private", "true");
    arguments.put("--gatehouse.sign-in.max-failures", "1000000");
    return arguments;
  }

  private static Gateway run(Class<?> more, Map<String, String> arguments) {
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Gatehouse.class, more)
            .registerShutdownHook(false)
            .initializers(new SharedMetadata())
            .run(
                arguments.entrySet().stream()
                    .map(it -> it.getKey() + "=" + it.getValue())
                    .toArray(String[]::new));
    Gateway gateway =
        new Gateway(
            context,
            LOCAL + context.getEnvironment().getProperty("local.server.port"),
            LOCAL + context.getEnvironment().getProperty("local.management.port"));
    RUNNING.put(gateway.subscribersPort(), gateway);
    return gateway;
  }

  private int subscribersPort() {
    return bean(SubscriberQueues.class).port();
  }

  /** The gateway whose subscribers connect to this port, when it runs in this process. */
  static Optional<Gateway> ofSubscribers(int port) {
    return Optional.ofNullable(RUNNING.get(port));
  }

  public static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("gatehouse");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public <T> T bean(String name, Class<T> type) {
    return context.getBean(name, type);
  }

  /** Changes what no interface can change: the past. */
  public int sql(String statement, Object... parameters) {
    return owner().sql(statement).params(parameters).update();
  }

  /** The database, as the owner of the tables. */
  public JdbcClient owner() {
    FlywayConnectionDetails owner = bean(FlywayConnectionDetails.class);
    if (owner.getUsername() == null) {
      return bean(JdbcClient.class);
    }
    DriverManagerDataSource database =
        new DriverManagerDataSource(owner.getJdbcUrl(), owner.getUsername(), owner.getPassword());
    Properties session = new Properties();
    session.setProperty("options", "-c gatehouse.tenants=*");
    database.setConnectionProperties(session);
    return JdbcClient.create(database);
  }

  /** Health and metrics have a port of their own. */
  public String url(String path) {
    return (path.startsWith("/actuator") ? management : base) + path;
  }

  /** An answer; {@code json} is missing when there is no JSON body. */
  public record Answer(int status, HttpResponse<String> http, JsonNode json) {
    public String header(String name) {
      return http.headers().firstValue(name).orElse("");
    }

    public UUID id() {
      return UUID.fromString(json.path("id").asText());
    }
  }

  public Answer admin(String method, String path, JsonNode body) {
    return call(method, "/admin/api/v1" + path, ADMIN_TOKEN, body == null ? null : Json.text(body));
  }

  public Answer call(String method, String path, String token, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url(path)))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return OpenApiContract.checked(method, path, send(request.build()));
  }

  public Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      String text = response.body();
      JsonNode json =
          isJson(response) && (text.startsWith("{") || text.startsWith("["))
              ? Json.MAPPER.readTree(text)
              : Json.MAPPER.missingNode();
      return new Answer(response.statusCode(), response, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Whether the body is one value; NDJSON has one in each line. */
  private static boolean isJson(HttpResponse<String> response) {
    return !response.headers().firstValue("Content-Type").orElse("").contains("ndjson");
  }

  /** A new tenant with an arbitrary name. */
  public String tenant() {
    String slug = "t" + UUID.randomUUID().toString().substring(0, 13);
    admin("POST", "/tenants", Json.object().put("slug", slug).put("name", slug));
    return slug;
  }

  /** A new connection of a new tenant. */
  public ScimClient connection(String idp) {
    return connection(tenant(), idp);
  }

  public ScimClient connection(String tenant, String idp) {
    ObjectNode wanted = Json.object().put("tenant", tenant).put("name", idp).put("idp", idp);
    Answer made = admin("POST", "/connections", wanted);
    return new ScimClient(
        this, tenant, made.json().path("id").asText(), made.json().path("token").asText());
  }

  /** A new subscription to everything that the tenant announces. */
  public Answer subscription(String tenant, String name) {
    return subscription(tenant, name, "directory");
  }

  public Answer subscription(String tenant, String name, String profile) {
    return admin(
        "POST",
        "/subscriptions",
        Json.object().put("tenant", tenant).put("name", name).put("profile", profile));
  }

  @Override
  public void close() {
    RUNNING.values().remove(this);
    context.close();
  }
}
