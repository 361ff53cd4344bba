package io.gatehouse.camel;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Fails fast and honestly: 503 with Retry-After in bounded time, and nothing that was accepted is
 * lost.
 */
class OutageTest {

  private static final Gateway gateway =
      Gateway.start(Gateway.temporaryFolder(), "--gatehouse.command.max-waiting=6");
  private final ScimClient idp = gateway.connection("standard");

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void answers503WhileNothingIsAppliedAndAppliesLater() throws Exception {
    var routes = gateway.bean(CamelContext.class).getRouteController();
    routes.stopRoute("command-apply");
    Instant start = Instant.now();
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<Answer>> waiting =
        threads.invokeAll(
            IntStream.range(0, 8)
                .mapToObj(
                    i -> (Callable<Answer>) () -> idp.create(user("user" + i + "@example.com")))
                .toList());
    threads.shutdown();

    for (Future<Answer> answer : waiting) {
      assertThat(answer.get().status()).isEqualTo(503);
      assertThat(answer.get().header("Retry-After")).isNotEmpty();
      assertThat(answer.get().header("Content-Type")).isEqualTo("application/scim+json");
    }
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(25));
    assertThat(idp.call("GET", "/Users", null).json().path("totalResults").asInt()).isZero();

    routes.startRoute("command-apply");

    // One place of six is kept for other tenants.
    await().until(() -> idp.call("GET", "/Users", null).json().path("totalResults").asInt() == 5);
  }

  @Test
  void answers503AndNot404WhileNoRouteTakesCalls() throws Exception {
    var routes = gateway.bean(CamelContext.class).getRouteController();
    var ada = idp.create(user("ada@example.com")).id();
    routes.stopRoute("edge-scim");

    Answer answer = idp.get(ada);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isNotEmpty();
    assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
    routes.startRoute("edge-scim");
    assertThat(idp.get(ada).status()).isEqualTo(200);
  }
}
