package io.gatehouse.idpapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.gatehouse.delivery.webhook.DestinationPolicy;
import io.gatehouse.webhookclient.CheckedDnsResolver;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever a server does, a call ends soon and takes little memory. */
class JsonHttpTest {

  private static final int TOO_MANY = 17 * 1024 * 1024;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final JsonHttp unit =
      new JsonHttp(
          new JsonHttp.Limits(
              Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofMillis(1500)),
          new CheckedDnsResolver(new DestinationPolicy(true)));
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    ended.countDown();
    server.stop(0);
    unit.close();
  }

  @Test
  void reachesNothingThatIsNotOnTheInternet() throws IOException {
    try (JsonHttp strict =
        new JsonHttp(JsonHttp.Limits.USUAL, new CheckedDnsResolver(new DestinationPolicy(false)))) {
      for (String host : List.of("127.0.0.1", "localhost", "169.254.169.254", "10.0.0.1")) {
        URI uri = URI.create("http://" + host + ":" + server.getAddress().getPort() + "/");
        assertThatThrownBy(() -> strict.send(new ApiRequest("GET", uri, null, null)))
            .hasMessageContaining("not an address on the internet");
      }
    }
  }

  @Test
  void endsAnAnswerThatComesByteByByte() {
    answer(
        http -> {
          http.sendResponseHeaders(200, 0);
          while (!waited(100)) {
            http.getResponseBody().write(' ');
            http.getResponseBody().flush();
          }
        });
    Instant begin = Instant.now();

    assertThatThrownBy(this::call).isInstanceOf(IOException.class);

    assertThat(Duration.between(begin, Instant.now()))
        .isBetween(Duration.ofMillis(1200), Duration.ofSeconds(30));
  }

  @Test
  void readsNoAnswerOfAnySize() {
    answer(
        http -> {
          http.sendResponseHeaders(200, 0);
          byte[] part = new byte[64 * 1024];
          try (OutputStream out = http.getResponseBody()) {
            for (int i = 0; i < TOO_MANY; i += part.length) {
              out.write(part);
            }
          }
        });

    assertThatThrownBy(this::call).hasMessageContaining("more than 16777216 bytes");
  }

  @Test
  void followsNoRedirect() throws IOException {
    answer(
        http -> {
          http.getResponseHeaders().add("Location", "/elsewhere");
          http.sendResponseHeaders(302, -1);
        });

    assertThat(call().status()).isEqualTo(302);
  }

  @Test
  void doesNotQuoteAnAnswerThatIsNotJson() {
    answer(http -> write(http, 200, "access_token=do-not-tell"));

    assertThatThrownBy(this::call).hasMessage("an answer that is not JSON").hasNoCause();
  }

  @Test
  void takesAnErrorForWhatItsStatusSays() throws IOException {
    answer(http -> write(http, 404, "<html>Not here</html>"));

    assertThat(call().status()).isEqualTo(404);
    assertThat(call().json().isMissingNode()).isTrue();
  }

  @Test
  void namesACallWithoutWhatIsSecretOrSomebodysName() {
    ApiRequest request =
        new ApiRequest(
            "POST",
            URI.create("https://idp.example.com/token?filter=ada"),
            "Basic do-not-tell",
            new ApiRequest.Body("text/plain", "do-not-tell"));

    assertThat(request).hasToString("POST idp.example.com/token");
  }

  private boolean waited(int millis) {
    try {
      return ended.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void answer(HttpHandler handler) {
    server.createContext(
        "/",
        http -> {
          handler.handle(http);
          http.close();
        });
  }

  private static void write(HttpExchange http, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    http.sendResponseHeaders(status, body.length);
    http.getResponseBody().write(body);
  }

  private ApiResponse call() throws IOException {
    URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    return unit.send(new ApiRequest("GET", uri, null, null));
  }
}
