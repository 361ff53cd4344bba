package io.gatehouse.idpapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gatehouse.inbox.IdpApi;
import io.gatehouse.inbox.IdpApiException;
import io.gatehouse.inbox.IdpPolls;
import io.gatehouse.inbox.IdpStates;
import io.gatehouse.inbox.Signal;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.scim.Json;
import io.gatehouse.support.FakeIdp;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.SettableClock;
import io.gatehouse.tenant.ConnectionSettings;
import io.gatehouse.tenant.SecretCipher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The subscriptions at Microsoft Graph are there whatever happens to them. */
class GraphSubscriptionsTest {

  private static final String SECRET = "graph-cs-5vT1wQ8x";

  private final SettableClock clock = new SettableClock();
  private final FakeIdp entra = FakeIdp.start(clock);
  private final IdpStates states = Gateway.shared().bean(IdpStates.class);
  private final UUID connection =
      UUID.fromString(Gateway.shared().connection("entra").connection());
  private HttpServer webhook;
  private String url;
  private IdpApi api;

  @BeforeEach
  void listen() throws IOException {
    webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    webhook.createContext("/", GraphSubscriptionsTest::handshake);
    webhook.start();
    url = "http://localhost:" + webhook.getAddress().getPort();
    api = api(SECRET);
  }

  /** As the route of Entra's webhooks answers it. */
  private static void handshake(HttpExchange http) throws IOException {
    String token = http.getRequestURI().getRawQuery().replace("validationToken=", "");
    byte[] body = URLDecoder.decode(token, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    http.getResponseHeaders().add("Content-Type", "text/plain");
    http.sendResponseHeaders(200, body.length);
    http.getResponseBody().write(body);
    http.close();
  }

  private IdpApi api(String secret) {
    return api(secret, url + "/");
  }

  private IdpApi api(String secret, String publicUrl) {
    ObjectNode settings = Json.object().put(ConnectionSettings.WEBHOOK_SECRET, secret);
    settings.set(ConnectionSettings.API, entra.entraAccess());
    Opened opened =
        new Opened(entra, clock, publicUrl == null ? null : URI.create(publicUrl), states);
    return opened.apis.of(opened.connection(connection, "entra", settings)).orElseThrow();
  }

  @AfterEach
  void close() {
    entra.close();
    webhook.stop(0);
  }

  @Test
  void areMadeForUsersAndGroupsAndRemembered() {
    api.subscribe();

    List<ObjectNode> live = entra.subscriptions().live();
    assertThat(live)
        .extracting(it -> it.path("resource").asText())
        .containsExactlyInAnyOrder("users", "groups");
    for (ObjectNode it : live) {
      assertThat(it.path("changeType").asText()).isEqualTo("updated,deleted");
      assertThat(it.path("clientState").asText()).isEqualTo(SECRET);
      assertThat(it.path("notificationUrl").asText())
          .isEqualTo(url + "/webhooks/entra/" + connection);
      assertThat(it.path("lifecycleNotificationUrl")).isEqualTo(it.path("notificationUrl"));
      assertThat(expires(it)).isAfter(clock.instant().plus(Duration.ofDays(27)));
    }
    String state = states.value(connection, "graph.subscriptions");
    assertThat(state).contains(id("users"), id("groups")).doesNotContain(SECRET);
  }

  @Test
  void areLeftAloneWhileTheyAreYoung() {
    api.subscribe();
    int calls = entra.calls().size();
    clock.tick(Duration.ofDays(13));

    api.subscribe();

    assertThat(entra.calls().subList(calls, entra.calls().size()))
        .noneMatch(it -> it.startsWith("POST /v1.0") || it.startsWith("PATCH"));
  }

  @Test
  void areRenewedWhenTheirTimeIsHalfOver() {
    api.subscribe();
    String users = id("users");
    clock.tick(Duration.ofDays(15));

    api.subscribe();

    assertThat(id("users")).isEqualTo(users);
    assertThat(entra.subscriptions().live())
        .hasSize(2)
        .allMatch(it -> expires(it).isAfter(clock.instant().plus(Duration.ofDays(27))));
  }

  @Test
  void areMadeAgainWhenGraphHasDroppedThem() {
    api.subscribe();
    String users = id("users");
    String groups = id("groups");
    entra.subscriptions().drop(users);

    api.subscribe();

    assertThat(id("users")).isNotEqualTo(users);
    assertThat(id("groups")).isEqualTo(groups);
  }

  @Test
  void areMadeAgainWithANewSecret() {
    api.subscribe();
    String users = id("users");

    api("another-secret").subscribe();

    assertThat(id("users")).isNotEqualTo(users);
    assertThat(entra.subscriptions().live())
        .hasSize(2)
        .allMatch(it -> it.path("clientState").asText().equals("another-secret"));
  }

  @Test
  void areMadeAgainWhenTheKeyOfTheGatewayIsAnotherOne() {
    api.subscribe();
    String users = id("users");
    String state = states.value(connection, "graph.subscriptions");
    String sealed = new SecretCipher("another key for other secrets, of a past").encrypt(SECRET);
    states.keep(
        connection,
        "graph.subscriptions",
        state.replaceAll("\"clientState\":\"[^\"]*\"", "\"clientState\":\"" + sealed + "\""));

    api.subscribe();

    assertThat(id("users")).isNotEqualTo(users);
    assertThat(entra.subscriptions().live()).hasSize(2);
  }

  @Test
  void areEndedWhenTheyCallUsAndNobodyKnowsThem() {
    String ours = entra.subscriptions().stray("users", url + "/webhooks/entra/" + connection);
    String others = entra.subscriptions().stray("me/messages", "https://elsewhere.example/hook");

    api.subscribe();

    assertThat(entra.subscriptions().live())
        .extracting(it -> it.path("id").asText())
        .hasSize(3)
        .contains(others)
        .doesNotContain(ours);
  }

  @Test
  void areReauthorizedWhenGraphAsks() {
    api.subscribe();
    clock.tick(Duration.ofDays(1));
    String users = id("users");

    api.onLifecycleSignal(signal(Kind.FEED_EXPIRES, users));

    assertThat(entra.calls()).contains("POST /v1.0/subscriptions/" + users + "/reauthorize");
    assertThat(expires(subscription("users"))).isEqualTo(clock.instant().plus(Duration.ofDays(28)));
    assertThat(expires(subscription("groups"))).isBefore(clock.instant().plus(Duration.ofDays(28)));
  }

  @Test
  void areMadeAgainWhenTheyCannotBeReauthorized() {
    api.subscribe();
    String users = id("users");
    entra.subscriptions().drop(users);

    api.onLifecycleSignal(signal(Kind.FEED_EXPIRES, users));

    assertThat(id("users")).isNotEqualTo(users);
  }

  @Test
  void areMadeAgainWhenGraphSaysThatTheyAreGoneAndAPollFollowsSoon() {
    api.subscribe();
    String users = id("users");
    entra.subscriptions().drop(users);
    states.begin(connection, IdpPolls.TURN, Duration.ofHours(1));

    api.onLifecycleSignal(signal(Kind.FEED_BROKEN, users));

    assertThat(id("users")).isNotEqualTo(users);
    assertThat(states.begin(connection, IdpPolls.TURN, Duration.ZERO)).isTrue();
  }

  @Test
  void areTheBusinessOfOneInstanceAtATime() {
    states.begin(connection, "subscribe", Duration.ofMinutes(1));

    api.subscribe();

    assertThat(entra.calls()).isEmpty();
    assertThatThrownBy(() -> api.onLifecycleSignal(signal(Kind.FEED_BROKEN, "any")))
        .isInstanceOfSatisfying(
            IdpApiException.class, it -> assertThat(it.retryAfter()).isPositive());
  }

  @Test
  void areNotMadeWithoutAnAddressNorWithASecretThatGraphDoesNotTake() {
    api(SECRET, null).subscribe();
    assertThat(entra.calls()).isEmpty();

    assertThatThrownBy(() -> api("x".repeat(129)).subscribe()).hasMessageContaining("128");
  }

  @Test
  void areNotMadeWhenNobodyAnswersTheHandshake() {
    webhook.removeContext("/");

    assertThatThrownBy(api::subscribe).hasMessageContaining("400");
    assertThat(entra.subscriptions().live()).isEmpty();
  }

  private JsonNode subscription(String resource) {
    return entra.subscriptions().live().stream()
        .filter(it -> it.path("resource").asText().equals(resource))
        .findFirst()
        .orElseThrow();
  }

  private String id(String resource) {
    return subscription(resource).path("id").asText();
  }

  private static Instant expires(JsonNode subscription) {
    return Instant.parse(subscription.path("expirationDateTime").asText());
  }

  private static Signal signal(Kind kind, String subscription) {
    return new Signal(
        kind, new Signal.EventRef(null, null), new Signal.About(subscription, null, null), null);
  }
}
