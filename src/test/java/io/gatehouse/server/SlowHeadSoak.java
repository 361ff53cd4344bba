package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.Gateway;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A request head that comes byte by byte, each before any time-out between two reads. */
class SlowHeadSoak {

  @Test
  void isEndedHoweverSteadilyItComes() throws Exception {
    int port = URI.create(Gateway.shared().url("/")).getPort();
    try (Socket socket = new Socket("localhost", port)) {
      socket.getOutputStream().write("GET /".getBytes(StandardCharsets.US_ASCII));

      Awaitility.await()
          .atMost(Duration.ofSeconds(40))
          .pollInterval(Duration.ofMillis(500))
          .until(() -> isEnded(socket));
    }
    assertThat(Gateway.shared().call("GET", "/asyncapi.yaml", null, null).status()).isEqualTo(200);
  }

  private static boolean isEnded(Socket socket) {
    try {
      socket.getOutputStream().write('a');
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
