package io.gatehouse.delivery.feed;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.change.ChangeLog;
import io.gatehouse.change.Relay;
import io.gatehouse.delivery.EventAnnouncer;
import io.gatehouse.delivery.EventPublisher;
import io.gatehouse.delivery.EventRenderer;
import io.gatehouse.delivery.queue.Subscriptions;
import io.gatehouse.scim.Json;
import io.gatehouse.store.UnitOfWork;
import io.gatehouse.support.Crowd;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.PullClient;
import io.gatehouse.support.Replica;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The feed over HTTP, for whoever has no client for the broker. */
class EventFeedTest {

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");
  private final Answer subscription = gateway.subscription(idp.tenant(), "training");
  private final PullClient training = PullClient.of(gateway, subscription);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 500})
  void givesExactlyTheEventsOfTheQueue(int limit) throws Exception {
    UUID ada = idp.create(user("ada").put("nickName", "not for training")).id();
    idp.patch(ada, "{\"op\":\"add\",\"path\":\"title\",\"value\":\"Countess\"}");
    UUID group = idp.createGroup("Engines", ada).id();
    idp.call("DELETE", "/Groups/" + group, null);
    idp.delete(ada);

    try (Subscriber queue = Subscriber.of(subscription)) {
      List<ObjectNode> expected = queue.all();
      List<JsonNode> pulled = training.all(0, limit);
      assertThat(pulled).hasSize(6).isEqualTo(expected);
      assertThat(pulled.toString()).doesNotContain("not for training");
    }
  }

  @Test
  void knowsNobodyWithAnImpossibleName() {
    assertThat(new PullClient(gateway, "acme\0.training", "wrong").get("?after=0").status())
        .isEqualTo(401);
  }

  @Test
  void neverSeparatesTheEventsOfOneChange() {
    idp.createGroup("Everybody", Crowd.of(idp, 501).toArray(UUID[]::new));
    await().until(() -> training.all(0, 500).size() == 1 + 3);
    long before = sequence(training.all(0, 500).get(0));

    JsonNode page = training.get("?limit=1&after=" + before).json();

    assertThat(page.path("events")).hasSize(3);
    assertThat(page.at("/events/2/data/members/parts").asInt()).isEqualTo(2);
    assertThat(page.path("more").asBoolean()).isFalse();
  }

  @Test
  void goesOnBehindWhatIsNotWanted() {
    UUID ada = idp.create(user("ada")).id();
    idp.delete(ada);
    idp.create(user("grace"));
    await().until(() -> training.all(0, 500).size() == 3);

    JsonNode page =
        training.get("?after=0&types=gatehouse.user.deactivated.*,gatehouse.group.*").json();

    assertThat(page.path("events"))
        .extracting(it -> it.path("type").asText())
        .containsExactly("gatehouse.user.deactivated.v1");
    assertThat(training.get("?after=" + page.path("next").asLong()).json().path("events"))
        .isEmpty();
  }

  @Test
  void addsToTheTypesOfTheSubscriptionNothing() {
    ObjectNode wanted = Json.object().put("tenant", idp.tenant()).put("name", "leavers");
    wanted.putArray("types").add("gatehouse.user.deactivated.*");
    PullClient leavers = PullClient.of(gateway, gateway.admin("POST", "/subscriptions", wanted));
    idp.delete(idp.create(user("ada")).id());
    await().until(() -> training.all(0, 500).size() == 2);

    assertThat(leavers.all(0, 10)).hasSize(1);
    assertThat(leavers.get("?after=0&types=gatehouse.user.created.v1").json().path("events"))
        .isEmpty();
  }

  @Test
  void showsNothingOfOtherTenants() {
    PullClient stranger =
        PullClient.of(gateway, gateway.subscription(gateway.tenant(), "training"));
    idp.create(user("ada"));
    await().until(() -> training.all(0, 500).size() == 1);

    assertThat(stranger.all(0, 500)).isEmpty();
    assertThat(stranger.get("/snapshot").json().path("events")).isEmpty();
  }

  @Test
  void wakesWhoeverWaitsAsSoonAsSomethingIsAnnounced() throws Exception {
    long end = training.get("?after=0").json().path("next").asLong();
    CompletableFuture<HttpResponse<String>> waiting = training.begin("?wait=30&after=" + end);
    waits(waiting);

    idp.create(user("ada"));

    HttpResponse<String> answer = waiting.get(20, TimeUnit.SECONDS);
    assertThat(Json.stored(answer.body()).at("/events/0/data/resource/userName").asText())
        .isEqualTo("ada");
  }

  @Test
  void seesWhatAnotherGatewayHasAnnounced() throws Exception {
    var routes = gateway.bean(CamelContext.class).getRouteController();
    routes.stopRoute("change-relay", 100, TimeUnit.MILLISECONDS);
    try {
      long end = training.get("?after=0").json().path("next").asLong();
      CompletableFuture<HttpResponse<String>> waiting = training.begin("?wait=30&after=" + end);
      idp.create(user("ada"));
      waits(waiting);

      EventAnnouncer elsewhere =
          new EventAnnouncer(
              gateway.bean(EventRenderer.class),
              gateway.bean(EventPublisher.class),
              gateway.bean(Subscriptions.class)::profiles);
      new Relay(
              gateway.bean(UnitOfWork.class),
              gateway.bean(ChangeLog.class),
              elsewhere::announce,
              it -> {})
          .run();

      assertThat(waiting.get(20, TimeUnit.SECONDS).body()).contains("ada");
    } finally {
      routes.startRoute("change-relay");
    }
  }

  @Test
  void answersNothingWhenNothingComesInTime() {
    long end = training.get("?after=0").json().path("next").asLong();
    long before = System.nanoTime();
    Answer answer = training.get("?wait=1&after=" + end);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("events")).isEmpty();
    assertThat(answer.json().path("next").asLong()).isGreaterThanOrEqualTo(end);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(900));
  }

  @Test
  void letsFewOfOneSubscriberWaitAndTakesNoConnectionsMeanwhile() {
    long end = training.get("?after=0").json().path("next").asLong();
    List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      calls.add(training.begin("?wait=30&after=" + end));
    }
    await().until(() -> calls.stream().anyMatch(CompletableFuture::isDone));
    List<HttpResponse<String>> refused =
        calls.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join).toList();
    assertThat(refused).singleElement().extracting(HttpResponse::statusCode).isEqualTo(429);
    assertThat(refused.get(0).headers().firstValue("Retry-After")).isPresent();

    idp.create(user("ada"));
    await().until(() -> calls.stream().allMatch(CompletableFuture::isDone));
    assertThat(training.get("?after=0").status()).isEqualTo(200);
  }

  @Test
  void saysWhenTheLogDoesNotGoBackSoFar() {
    idp.create(user("ada"));
    Answer ahead = training.get("?after=9000000000000000");
    assertThat(ahead.status()).isEqualTo(410);
    assertThat(ahead.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(ahead.json().path("detail").asText()).contains("/events/snapshot");
  }

  @Test
  void startsWithASnapshotAndGoesOnFromThere() {
    UUID ada = idp.create(user("ada")).id();
    UUID left = idp.create(user("left")).id();
    idp.delete(left);
    UUID group = idp.createGroup("Engines", ada).id();
    Replica replica = new Replica();

    JsonNode page = training.get("/snapshot").json();
    page.path("events").forEach(replica::apply);
    UUID grace = idp.create(user("grace")).id();
    while (page.has("cursor")) {
      page = training.get("/snapshot?cursor=" + page.path("cursor").asText()).json();
      page.path("events").forEach(replica::apply);
    }
    long place = page.path("next").asLong();
    await().until(() -> training.all(place, 500).toString().contains(grace.toString()));
    training.all(place, 500).forEach(replica::apply);

    assertThat(replica.users().keySet())
        .containsExactlyInAnyOrder(ada.toString(), grace.toString());
    assertThat(replica.members(group)).containsExactly(ada.toString());
  }

  @Test
  void walksThroughASnapshotOfManyPages() {
    for (int i = 0; i < 21; i++) {
      idp.createGroup("g" + i);
    }
    List<JsonNode> events = new ArrayList<>();
    String path = "/snapshot";
    JsonNode page;
    do {
      page = training.get(path).json();
      page.path("events").forEach(events::add);
      path = "/snapshot?cursor=" + page.path("cursor").asText();
    } while (page.has("cursor"));
    assertThat(events).hasSize(21).doesNotHaveDuplicates();
  }

  @Test
  void letsNobodyInWithoutThePasswordOfASubscription() {
    String user = training.username();
    PullClient wrong = new PullClient(gateway, user, "wrong");
    PullClient unknown = new PullClient(gateway, "nobody.training", training.password());
    PullClient noName = new PullClient(gateway, "", training.password());
    for (PullClient each : List.of(wrong, unknown, noName)) {
      Answer answer = each.get("?after=0");
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate")).startsWith("Basic realm=");
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(answer.header("Set-Cookie")).isEmpty();
    }
    assertThat(gateway.call("GET", "/events?after=0", null, null).status()).isEqualTo(401);
    assertThat(gateway.call("GET", "/events?after=0", Gateway.ADMIN_TOKEN, null).status())
        .isEqualTo(401);
    assertThat(gateway.call("GET", "/events?after=0", idp.token(), null).status()).isEqualTo(401);
    assertThat(gateway.call("GET", "/scim/v2/Users", training.password(), null).status())
        .isEqualTo(401);
  }

  @Test
  void takesTheNewPasswordAfterARotationAndNoneAfterTheEnd() {
    String path = "/subscriptions/" + idp.tenant() + "/training";
    JsonNode rotated = gateway.admin("POST", path + "/password", null).json();
    PullClient fresh =
        new PullClient(gateway, training.username(), rotated.path("password").asText());

    assertThat(training.get("?after=0").status()).isEqualTo(401);
    assertThat(fresh.get("?after=0").status()).isEqualTo(200);
    gateway.admin("DELETE", path, null);
    assertThat(fresh.get("?after=0").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "?after=x",
    "?after=-1",
    "?after=0&limit=0",
    "?after=0&limit=501",
    "?after=0&wait=31",
    "?after=0&types=a'b",
    "/snapshot?cursor=1.users.x",
    "/snapshot?cursor=%00"
  })
  void refusesWhatItDoesNotUnderstand(String query) {
    Answer answer = training.get(query);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
  void answersToNoOtherMethod(String method) {
    Answer answer = training.call(method, "?after=0");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("GET");
  }

  /** The call has come to rest, which it does within a second if it does at all. */
  private static void waits(CompletableFuture<HttpResponse<String>> call) {
    await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(20))
        .until(() -> !call.isDone());
  }

  private static long sequence(JsonNode event) {
    return event.path("sequence").asLong();
  }
}
