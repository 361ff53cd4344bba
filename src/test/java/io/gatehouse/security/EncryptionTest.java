package io.gatehouse.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.StartupRefusedException;
import io.gatehouse.broker.BrokerConnection;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Certificate;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Subscriber;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS for HTTP and for subscribers, at more addresses than the default one. */
class EncryptionTest {

  /** An address of this machine that is not the default one; macOS has no other loopback one. */
  private static final String ELSEWHERE =
      System.getProperty("os.name").startsWith("Mac") ? "127.0.0.1" : "127.0.0.2";

  @TempDir private static Path keys;
  private static Certificate first;

  @TempDir private Path folder;
  private Path certificate;
  private Path key;

  @BeforeAll
  static void generate() throws Exception {
    first = Certificate.generate(keys, "RSA");
  }

  @BeforeEach
  void write() throws Exception {
    certificate = folder.resolve("tls.crt");
    key = folder.resolve("tls.key");
    first.write(certificate, key);
  }

  @Test
  void coversBothPortsAndTakesAReplacedCertificate() throws Exception {
    try (Gateway gateway = start()) {
      int http = URI.create(gateway.url("")).getPort();
      int broker = gateway.bean(BrokerConnection.class).publicPort();
      call(http, "/tenants", Json.object().put("slug", "acme").put("name", "Acme"));
      JsonNode connection = call(http, "/connections", connection());
      assertThat(connection.path("scimUrl").asText())
          .isEqualTo("https://" + ELSEWHERE + ":" + http + "/scim/v2");
      JsonNode subscription = call(http, "/subscriptions", subscription());
      try (Subscriber training = subscriber(subscription)) {
        assertThat(training.all()).isEmpty();
      }

      Certificate second = Certificate.generate(folder, "EC");
      second.write(certificate, key);
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(500))
          .ignoreExceptions()
          .untilAsserted(
              () -> {
                assertThat(Certificate.shownAt("localhost", http)).isEqualTo(second.certificate());
                assertThat(Certificate.shownAt("localhost", broker))
                    .isEqualTo(second.certificate());
              });
    }
  }

  /** Artemis opens its port anew for a new certificate, so it must not be any port. */
  private Gateway start() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    return Gateway.start(
        folder.resolve("data"),
        "--gatehouse.broker.port=" + port,
        "--gatehouse.bind=0.0.0.0",
        "--gatehouse.tls.certificate=" + certificate,
        "--gatehouse.tls.key=" + key);
  }

  private static ObjectNode connection() {
    return Json.object().put("tenant", "acme").put("name", "Okta").put("idp", "okta");
  }

  private static ObjectNode subscription() {
    return Json.object().put("tenant", "acme").put("name", "training").put("profile", "directory");
  }

  private JsonNode call(int port, String path, ObjectNode body) throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(first.client()).build();
    URI url = URI.create("https://" + ELSEWHERE + ":" + port + "/admin/api/v1" + path);
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Authorization", "Bearer " + Gateway.ADMIN_TOKEN)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.text(body)))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Json.MAPPER.readTree(answer.body());
  }

  private Subscriber subscriber(JsonNode subscription) throws Exception {
    String url = subscription.path("urls").path("amqp").asText();
    assertThat(url).startsWith("amqps://" + ELSEWHERE);
    ObjectNode trusting = subscription.deepCopy();
    String trust =
        "?transport.trustStoreLocation=%s&transport.trustStorePassword=%s"
            .formatted(first.store(), Certificate.PASSWORD);
    trusting.set("urls", Json.object().put("amqp", url + trust));
    return Subscriber.of(trusting, subscription.path("queue").asText());
  }

  @Test
  void isRefusedByHalves() {
    assertThatThrownBy(() -> Gateway.start(folder, "--gatehouse.tls.certificate=" + certificate))
        .isInstanceOf(StartupRefusedException.class)
        .hasMessage(
            "TLS needs both GATEHOUSE_TLS_CERTIFICATE and GATEHOUSE_TLS_KEY, and only one is set.");
    assertThatThrownBy(() -> Gateway.start(folder, "--gatehouse.tls.key=" + key))
        .hasMessageContaining("only one is set");
  }

  @Test
  void isRefusedWhereAFileHoldsSomethingElse() throws Exception {
    Files.writeString(key, Files.readString(certificate));

    assertThatThrownBy(this::start)
        .isInstanceOf(StartupRefusedException.class)
        .hasMessageContaining("GATEHOUSE_TLS_KEY is")
        .hasMessageContaining("no private key in PEM form");
  }
}
