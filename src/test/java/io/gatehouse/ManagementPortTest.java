package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Health and metrics on a port of their own. */
class ManagementPortTest {

  private static final Gateway GATEWAY = Gateway.shared();

  @ParameterizedTest
  @ValueSource(strings = {"liveness", "readiness"})
  void tellsEverybodyHowItIsWithoutDetails(String probe) {
    Answer health = GATEWAY.call("GET", "/actuator/health/" + probe, null, null);

    assertThat(health.status()).isEqualTo(200);
    assertThat(health.json().properties()).hasSize(1);
    assertThat(health.json().path("status").asText()).isEqualTo("UP");
  }

  @Test
  void showsMetricsToAdministratorsOnly() {
    assertThat(GATEWAY.call("GET", "/actuator/prometheus", null, null).status()).isEqualTo(401);
    assertThat(GATEWAY.call("GET", "/actuator/prometheus", "wrong", null).status()).isEqualTo(401);

    Answer metrics = GATEWAY.call("GET", "/actuator/prometheus", Gateway.ADMIN_TOKEN, null);

    assertThat(metrics.status()).isEqualTo(200);
    assertThat(metrics.http().body()).contains("gatehouse_edge_memory_bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/actuator/env", "/scim/v2/Users", "/admin/api/v1/tenants", "/events"})
  void servesNothingElse(String path) {
    String management = GATEWAY.url("/actuator").replace("/actuator", path);

    assertThat(status(management, null)).isIn(401, 404);
    assertThat(status(management, Gateway.ADMIN_TOKEN)).isIn(401, 404);
  }

  @Test
  void isNotOnThePortOfTheIdps() {
    String main = GATEWAY.url("/") + "actuator/health/readiness";

    assertThat(status(main, null)).isIn(401, 404);
  }

  @Test
  void answersAndEndsTheMostSilentWhenThereAreTooManyConnections() throws IOException {
    int port = URI.create(GATEWAY.url("/actuator")).getPort();
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 320; i++) {
        silent.add(new Socket("localhost", port));
      }

      long start = System.nanoTime();
      assertThat(GATEWAY.call("GET", "/actuator/health/readiness", null, null).status())
          .isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
      silent.get(0).setSoTimeout(20_000);
      assertThat(silent.get(0).getInputStream().read()).as("its end").isEqualTo(-1);
      silent.get(319).setSoTimeout(200);
      assertThatThrownBy(() -> silent.get(319).getInputStream().read())
          .as("the newest is kept")
          .isInstanceOf(SocketTimeoutException.class);
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  private static int status(String url, String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return GATEWAY.send(request.build()).status();
  }
}
