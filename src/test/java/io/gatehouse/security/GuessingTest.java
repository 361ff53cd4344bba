package io.gatehouse.security;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.MovableClock;
import io.gatehouse.support.OpenCall;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.StrictGateway;
import io.gatehouse.support.Subscriber;
import io.gatehouse.tenant.BearerToken;
import jakarta.jms.JMSException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Guessing leaves a trace, becomes slow, and locks nobody out who knows the answer. */
@ExtendWith(OutputCaptureExtension.class)
class GuessingTest {

  private static final String SECRET = "a-secret-of-okta";
  private static final AtomicInteger HOSTS = new AtomicInteger();
  @AutoClose private static final Gateway gateway = StrictGateway.start();

  private final String stranger = "198.51.100." + HOSTS.incrementAndGet();
  private final ScimClient idp = gateway.connection("okta");

  @AfterEach
  void resetTheClock() {
    MovableClock.set(Duration.ZERO);
  }

  @Test
  void slowsDownGuessesOfTheAdminToken() {
    List<Integer> answers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      answers.add(admin(stranger, "guess" + i).status());
    }

    assertThat(answers.subList(0, 10)).containsOnly(401);
    assertThat(answers.subList(10, 300)).containsOnly(429);
    Answer held = admin(stranger, Gateway.ADMIN_TOKEN);
    assertThat(held.status()).isEqualTo(429);
    assertThat(Integer.parseInt(held.header("Retry-After"))).isBetween(1, 60);
    assertThat(held.header("Content-Type")).startsWith("application/problem+json");
    assertThat(admin("203.0.113.9", Gateway.ADMIN_TOKEN).status()).isEqualTo(200);
  }

  @Test
  void looksAgainAfterAMinute() {
    guess(() -> admin(stranger, "guess").status());
    assertThat(admin(stranger, Gateway.ADMIN_TOKEN).status()).isEqualTo(429);

    MovableClock.pass(Duration.ofSeconds(61));

    assertThat(admin(stranger, Gateway.ADMIN_TOKEN).status()).isEqualTo(200);
  }

  @Test
  void letsEachTokenInThatIsRightWhileAStrangerGuessesFromItsAddress() {
    guess(() -> scim(stranger, "guess").status());
    Answer held = scim(stranger, "guess");

    assertThat(held.status()).isEqualTo(429);
    assertThat(held.header("Content-Type")).isEqualTo("application/scim+json");
    assertThat(held.json().path("status").asText()).isEqualTo("429");
    assertThat(held.header("Retry-After")).isNotEmpty();
    assertThat(scim(stranger, idp.token()).status()).isEqualTo(200);
    assertThat(idp.create(user("ada@example.com")).status()).isEqualTo(201);
  }

  /** Each token is looked up for the first time, in the midst of guesses. */
  @Test
  void guessesMakeNeitherNewTokensNorOthersWait() throws Exception {
    List<ScimClient> newcomers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      newcomers.add(gateway.connection("okta"));
    }
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger guesses = new AtomicInteger();
    ExecutorService strangers = Executors.newFixedThreadPool(32);
    try {
      for (int i = 0; i < 32; i++) {
        strangers.submit(
            () -> {
              while (!over.get()) {
                scim(stranger, BearerToken.generate().secret());
                guesses.incrementAndGet();
              }
            });
      }
      await().until(() -> guesses.get() > 200);
      for (ScimClient newcomer : newcomers) {
        assertThat(scim(stranger, newcomer.token()).status()).isEqualTo(200);
        assertThat(idp.find("userName eq \"ada\"").status()).isEqualTo(200);
      }
    } finally {
      over.set(true);
      strangers.shutdown();
      assertThat(strangers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void tellsWhoWasRefusedWhereAndNoSecret(CapturedOutput output) {
    String prefix = idp.token().substring(0, 16);
    MovableClock.pass(Duration.ofMinutes(5)); // further than any test before
    awaitLines(output);
    guess(() -> scim(stranger, prefix + "-this-is-not-the-right-one").status());

    String log = output.getOut();
    assertThat(log)
        .contains("gatehouse.security")
        .contains("event=refused realm=scim from=" + stranger)
        .contains("connection=" + idp.connection() + " name=" + prefix + " count=1")
        .contains("event=throttled realm=scim from=" + stranger)
        .doesNotContain("this-is-not");
    await().until(() -> refusals("/audit?tenant=" + idp.tenant()) == 1);
    scim(stranger, "guess");
    assertThat(metric("scim")).isGreaterThan(10);
  }

  @Test
  void keepsOneEntryForABurstThatIsAboutNoTenant() {
    int before = refusals("/audit/gateway");
    for (int i = 0; i < 50; i++) {
      admin(stranger, "guess");
    }

    await().until(() -> refusals("/audit/gateway") == before + 1);
    assertThat(metric("admin")).isGreaterThan(49);
  }

  @Test
  void slowsDownGuessesOfTheFeed() {
    Answer made = gateway.subscription(idp.tenant(), "training");
    String name = made.json().path("username").asText();
    String password = made.json().path("password").asText();

    guess(() -> events(stranger, name, "guess").status());

    assertThat(events(stranger, name, "guess").status()).isEqualTo(429);
    assertThat(events(stranger, name, password).status()).isEqualTo(200);
  }

  @Test
  void slowsDownWrongProofsOfWebhooksOnly() {
    secret();

    guess(() -> webhook(stranger, "guess").status());

    Answer held = webhook(stranger, "guess");
    assertThat(held.status()).isEqualTo(429);
    assertThat(held.header("Retry-After")).isNotEmpty();
    assertThat(webhook(stranger, SECRET).status()).isLessThan(300);
  }

  /** Unfinished bodies, from an address that has proven nothing there before. */
  @Test
  void readsFewCallsOfWebhooksFromWhereTooManyHaveProvenNothing() {
    secret();
    guess(() -> webhook(stranger, "guess").status());
    String line = "POST /webhooks/okta/" + idp.connection();
    List<OpenCall> open = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      open.add(OpenCall.with(gateway, line, "X-Forwarded-For: " + stranger, "100"));
    }
    try (OpenCall.Many calls = new OpenCall.Many(open)) {
      for (int i = 0; i < 10; i++) {
        assertThat(webhook("203.0.113." + i, SECRET).status()).isLessThan(300);
      }
      assertThat(calls.all())
          .filteredOn(it -> it.answer().contains("Retry-After"))
          .hasSizeGreaterThan(20)
          .allSatisfy(it -> assertThat(it.status()).isEqualTo(429));
    }
    assertThat(webhook(stranger, SECRET).status()).isLessThan(300);
  }

  private void secret() {
    ObjectNode change = Json.object();
    change.putObject("settings").put("webhookSecret", SECRET);
    gateway.admin("PATCH", "/connections/" + idp.connection(), change);
  }

  @Test
  void tellsOfGuessesAtTheBrokerAndLetsEachSubscriberIn(CapturedOutput output) throws Exception {
    MovableClock.pass(Duration.ofMinutes(5)); // further than any test before
    ObjectNode known = subscription("training");
    ObjectNode late = subscription("hr");
    for (int i = 0; i < 11; i++) {
      ObjectNode guess = known.deepCopy().put("password", "guess" + i);
      assertThatThrownBy(() -> open(guess)).isInstanceOf(JMSException.class);
    }

    open(late);
    open(known);
    assertThat(output.getOut())
        .contains("event=refused realm=broker from=127.0.0.1")
        .contains("name=" + idp.tenant() + ".training");
  }

  /** As an answer has it, but for the public name of the machine. */
  private ObjectNode subscription(String name) {
    ObjectNode made = gateway.subscription(idp.tenant(), name).json().deepCopy();
    String url = made.path("urls").path("amqp").asText().replace("id.example.com", "127.0.0.1");
    made.withObject("urls").put("amqp", url);
    return made;
  }

  private static void open(ObjectNode subscription) throws JMSException {
    Subscriber.of(subscription, subscription.path("queue").asText()).close();
  }

  /** The log has ten lines a second, which the test before may have used. */
  private static void awaitLines(CapturedOutput output) {
    await()
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              String host = "198.51.100." + HOSTS.incrementAndGet();
              scim(host, "guess");
              return output.getOut().contains("event=refused realm=scim from=" + host + " ");
            });
  }

  private static void guess(java.util.function.IntSupplier attempt) {
    for (int i = 0; i < 10; i++) {
      assertThat(attempt.getAsInt()).isEqualTo(401);
    }
  }

  private static int refusals(String path) {
    int count = 0;
    for (JsonNode entry : gateway.admin("GET", path, null).json().path("entries")) {
      count += entry.path("action").asText().equals("sign-in.refused") ? 1 : 0;
    }
    return count;
  }

  private static double metric(String realm) {
    String name = "gatehouse_security_refused_total{realm=\"" + realm + "\"}";
    return gateway
        .call("GET", "/actuator/prometheus", Gateway.ADMIN_TOKEN, null)
        .http()
        .body()
        .lines()
        .filter(it -> it.startsWith(name))
        .mapToDouble(it -> Double.parseDouble(it.substring(it.lastIndexOf(' '))))
        .findFirst()
        .orElse(0);
  }

  private static Answer admin(String address, String token) {
    return get(address, "/admin/api/v1/tenants", "Bearer " + token);
  }

  private static Answer scim(String address, String token) {
    return get(address, "/scim/v2/Users?count=0", "Bearer " + token);
  }

  private static Answer events(String address, String name, String password) {
    byte[] both = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return get(address, "/events?after=0", "Basic " + Base64.getEncoder().encodeToString(both));
  }

  private static Answer get(String address, String path, String authorization) {
    return gateway.send(
        HttpRequest.newBuilder(URI.create(gateway.url(path)))
            .header("X-Forwarded-For", "192.0.2.77, " + address)
            .header("Authorization", authorization)
            .build());
  }

  private Answer webhook(String address, String secret) {
    String path = "/webhooks/okta/" + idp.connection();
    return gateway.send(
        HttpRequest.newBuilder(URI.create(gateway.url(path)))
            .header("X-Forwarded-For", address)
            .header("Authorization", secret)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"data\":{\"events\":[]}}"))
            .build());
  }
}
