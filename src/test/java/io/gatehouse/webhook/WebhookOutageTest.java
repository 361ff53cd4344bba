package io.gatehouse.webhook;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.scim.Json;
import io.gatehouse.support.BrokerProcess;
import io.gatehouse.support.ExternalDatabase;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.IdpWebhookCaller;
import io.gatehouse.support.Rush;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.WebhookFixture;
import io.gatehouse.support.WebhookGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * No webhook is lost while the database or the broker is away, and none is taken for kept while
 * both are. Okta and Microsoft Graph wait for three seconds.
 */
class WebhookOutageTest {

  /** {@code -Dcalls=1000} for more. */
  private static final int CALLS = Integer.getInteger("calls", 160);

  private static final int FEW = 40;

  /** Of the users whom the calls name; nobody else is known. */
  private static final int LEAVERS = 40;

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final String SECRET = "okta-hook-7Qm2v9Zs";
  private static final Path REFUSED =
      Path.of("src/test/resources/fixtures/webhooks/okta/16-broker-down.json");

  @TempDir static Path databaseFolder;
  @TempDir static Path brokerFolder;
  private static ExternalDatabase database;
  private static BrokerProcess broker;
  private static Gateway gateway;

  @BeforeAll
  static void start() throws IOException {
    database = ExternalDatabase.start(databaseFolder.resolve("pg"));
    broker = BrokerProcess.start(brokerFolder);
    gateway =
        Gateway.start(
            Gateway.temporaryFolder(),
            Stream.of(database.settings(), broker.settings())
                .flatMap(Stream::of)
                .toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    broker.close();
    database.close();
  }

  @Test
  void takesAllInWhileTheDatabaseIsAway() throws Exception {
    IdpWebhookCaller okta = staffed();

    database.stop();
    Rush rush;
    try {
      rush = Rush.of(CALLS, n -> call(okta, n));
      assertThat(stranger().status()).as("nobody can tell whether there is one").isEqualTo(503);
    } finally {
      database.start();
    }

    requireAll(rush, 204);
    awaitKept(okta, CALLS);
    awaitApplied(okta);
    await().untilAsserted(() -> assertThat(stranger().status()).isEqualTo(404));
  }

  private static Answer stranger() {
    return gateway.call("POST", "/webhooks/okta/" + UUID.randomUUID(), SECRET, "{}");
  }

  @Test
  void takesAllInWhileTheBrokerIsAway() throws Exception {
    IdpWebhookCaller okta = staffed();

    broker.kill();
    try {
      Rush rush = Rush.of(CALLS, n -> call(okta, n));

      requireAll(rush, 204);
      assertThat(kept(okta)).as("before the broker is back").isEqualTo(CALLS);
    } finally {
      broker.start();
    }
    assertThat(call(okta, CALLS).status()).isEqualTo(204);
    awaitKept(okta, CALLS + 1);
    awaitApplied(okta);
  }

  /** Each of these leaves by one of the calls that are about to come. */
  private static IdpWebhookCaller staffed() throws Exception {
    IdpWebhookCaller okta = WebhookGateway.sender(gateway, "okta", SECRET);
    gateway.admin(
        "PATCH",
        "/connections/" + okta.connection(),
        Json.stored("{\"settings\":{\"brake\":\"off\"}}"));
    ScimClient scim = okta.scim();
    Rush.of(LEAVERS, n -> scim.create(user("u" + n).put("externalId", "00u" + n)));
    assertThat(active(okta)).isEqualTo(LEAVERS);
    return okta;
  }

  private static void awaitApplied(IdpWebhookCaller okta) {
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(active(okta)).isZero());
  }

  private static int active(IdpWebhookCaller okta) {
    return count("select count(*) from person where connection_id = ? and active", okta);
  }

  @Test
  void takesAllInWhileTheBrokerHangs() throws Exception {
    IdpWebhookCaller okta = WebhookGateway.sender(gateway, "okta", SECRET);
    assertThat(call(okta, FEW).status()).isEqualTo(204);
    awaitKept(okta, 1);

    broker.freeze();
    Rush rush;
    try {
      rush = Rush.of(FEW, n -> call(okta, n));
    } finally {
      broker.thaw();
    }

    requireAll(rush, 204);
    awaitKept(okta, FEW + 1);
  }

  @Test
  void refusesAllWhileBothAreAwayAndTakesThemInAgainAfterThat() throws Exception {
    IdpWebhookCaller okta = WebhookGateway.sender(gateway, "okta", SECRET);

    broker.kill();
    database.stop();
    Rush rush;
    try {
      rush = Rush.of(CALLS, n -> call(okta, n));
      WebhookFixture.of(REFUSED).run(okta);
      assertThat(okta.post("{\"data\":{\"events\":[]}}", "Authorization", SECRET).status())
          .as("there is nothing to keep")
          .isEqualTo(204);
    } finally {
      database.start();
      broker.start();
    }

    requireAll(rush, 503);
    assertThat(rush.answers()).allSatisfy(it -> assertThat(it.header("Retry-After")).isNotEmpty());
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(call(okta, CALLS).status()).isEqualTo(204));
    awaitKept(okta, 1);
  }

  private static void requireAll(Rush rush, int status) {
    assertThat(rush.answers()).extracting(Answer::status).containsOnly(status);
    assertThat(rush.slowest()).isLessThan(PATIENCE);
  }

  private static Answer call(IdpWebhookCaller okta, int number) {
    String body =
        """
        {"data":{"events":[{"uuid":"%s","eventType":"user.lifecycle.deactivate",
         "outcome":{"result":"SUCCESS"},"target":[{"type":"User","id":"00u%d"}]}]}}"""
            .formatted(UUID.randomUUID(), number);
    return okta.post(body, "Authorization", SECRET);
  }

  private static void awaitKept(IdpWebhookCaller okta, int events) {
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(kept(okta)).isEqualTo(events));
  }

  private static int kept(IdpWebhookCaller okta) {
    return count("select count(*) from inbox where connection_id = ?", okta);
  }

  private static int count(String sql, IdpWebhookCaller okta) {
    return gateway
        .bean(JdbcClient.class)
        .sql(sql)
        .param(okta.connection())
        .query(Integer.class)
        .single();
  }
}
