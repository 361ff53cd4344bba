package io.gatehouse;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.Health;
import io.gatehouse.support.Receiver;
import io.gatehouse.support.Receiver.Request;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.SharedStores;
import io.gatehouse.support.StreamedLines;
import io.gatehouse.support.Subscriber;
import io.gatehouse.support.Webhook;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two gateways on one database and one broker, which the second knows by their addresses only. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoGatewaysTest {

  private static final int MAX_STREAMS = 50;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static Gateway first;
  private static Gateway second;

  @BeforeAll
  static void start() {
    first = Gateway.shared();
    second = SharedStores.start(first, Gateway.temporaryFolder(), Gateway.SECRET_KEY);
  }

  @AfterAll
  static void stop() {
    second.close();
  }

  @Test
  @Order(1)
  void wakeEachOthersRequestsAndAnnounceEachChangeOnce() throws Exception {
    ScimClient here = first.connection("standard");
    var subscription = first.subscription(here.tenant(), "training");
    ScimClient there = new ScimClient(second, here.tenant(), here.connection(), here.token());
    var routes = first.bean(CamelContext.class).getRouteController();
    routes.stopRoute("command-apply");
    try {
      assertCreatedInTime(here, "ada@example.com");
      new Health(first).staysReady();
      routes.stopRoute("command-reply");
      assertCreatedInTime(here, "its-wake-up-is-lost@example.com");
    } finally {
      routes.startRoute("command-reply");
      routes.startRoute("command-apply");
    }
    new Health(first).awaitReady();
    new Health(second).awaitReady();
    assertThat(createThirty(here, there)).containsOnly(201);
    try (Subscriber training = Subscriber.of(subscription)) {
      assertThat(training.all())
          .extracting(it -> it.path("subject").asText())
          .hasSize(32)
          .doesNotHaveDuplicates();
    }
  }

  /** Before the request has waited for twelve seconds and would look for itself. */
  private static void assertCreatedInTime(ScimClient here, String name) {
    Instant start = Instant.now();
    assertThat(here.create(user(name)).status()).isEqualTo(201);
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(11));
  }

  private static List<Integer> createThirty(ScimClient here, ScimClient there) throws Exception {
    List<Callable<Integer>> creates = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      ScimClient idp = i % 2 == 0 ? here : there;
      String name = "user" + i + "@example.com";
      creates.add(() -> idp.create(user(name)).status());
    }
    var threads = Executors.newFixedThreadPool(6);
    List<Integer> statuses = new ArrayList<>();
    for (var answer : threads.invokeAll(creates)) {
      statuses.add(answer.get());
    }
    threads.shutdown();
    return statuses;
  }

  @Test
  @Order(2)
  void deliverEachWebhookOnceAndOneForTheOther() throws Exception {
    ScimClient idp = first.connection("standard");
    double before = delivered(first);
    try (Receiver receiver = Receiver.start()) {
      Webhook.create(first, Webhook.wanted(idp.tenant(), "training", receiver.url()));
      IntStream.range(0, 60).parallel().forEach(it -> idp.create(user("user" + it)));
      await().until(() -> delivered(first) - before + delivered(second) >= 60);
      assertThat(receiver.requests())
          .hasSize(60)
          .extracting(it -> it.header("Webhook-id"))
          .doesNotHaveDuplicates();

      var routes = first.bean(CamelContext.class).getRouteController();
      routes.stopRoute("delivery-endpoints");
      try {
        idp.create(user("last"));
        await().until(() -> receiver.requests().size() == 61);
      } finally {
        routes.startRoute("delivery-endpoints");
      }
      assertThat(receiver.requests())
          .extracting(Request::type)
          .containsOnly("gatehouse.user.created.v1");
    }
  }

  private static double delivered(Gateway gateway) {
    return gateway
        .bean(MeterRegistry.class)
        .counter("gatehouse.delivery.webhooks", "outcome", "delivered")
        .count();
  }

  /** At half of one request a second, the next one may come after two seconds. */
  @Test
  @Order(3)
  void shareTheRateOfAConnection() {
    ScimClient here = first.connection("standard");
    first.admin(
        "PATCH",
        "/connections/" + here.connection(),
        Json.stored("{\"settings\":{\"rateLimit\":1}}"));

    awaitRefusalFor("2", here);
    awaitRefusalFor("2", new ScimClient(second, here.tenant(), here.connection(), here.token()));
  }

  private static void awaitRefusalFor(String seconds, ScimClient idp) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              Answer answer = idp.find("userName eq \"x\"");
              return answer.status() == 429 && answer.header("Retry-After").equals(seconds);
            });
  }

  @Test
  @Order(4)
  void limitTheStreamsOfActivityAndEndThemWhenTheyClose() throws Exception {
    List<List<String>> open = new ArrayList<>();
    String tenant = second.tenant();
    for (int i = 0; i < MAX_STREAMS; i++) {
      HttpResponse<Stream<String>> stream = activity(tenant);
      assertThat(stream.statusCode()).isEqualTo(200);
      open.add(StreamedLines.collected(stream.body()));
    }
    assertThat(activity(tenant).statusCode()).isEqualTo(503);
    assertThat(second.admin("GET", "/status", null).status())
        .as("no thread is held")
        .isEqualTo(200);

    CompletableFuture<Void> closing = CompletableFuture.runAsync(second::close);
    await().atMost(Duration.ofSeconds(15)).until(closing::isDone);
    await()
        .untilAsserted(() -> assertThat(open).allSatisfy(it -> assertThat(it).contains("closed")));
    await().atMost(Duration.ofMinutes(1)).until(() -> first.bean(LiveInstances.class).count() == 1);
  }

  private static HttpResponse<Stream<String>> activity(String tenant) throws Exception {
    URI url = URI.create(second.url("/admin/api/v1/activity?tenant=" + tenant));
    return HTTP.send(
        HttpRequest.newBuilder(url)
            .header("Authorization", "Bearer " + Gateway.ADMIN_TOKEN)
            .build(),
        HttpResponse.BodyHandlers.ofLines());
  }
}
