package io.gatehouse.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.BrokerView;
import io.gatehouse.support.ExternalDatabase;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.PullClient;
import io.gatehouse.support.ScimClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.jdbc.core.simple.JdbcClient;

/** This gateway goes on with the tables and the messages of the version before it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpgradeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final UpgradeFixture FIXTURE = UpgradeFixture.latest();

  private static ExternalDatabase database;
  private static Gateway gateway;
  private static BrokerView queues;
  private static JsonNode access;

  @BeforeAll
  static void startOnWhatTheOldGatewayHasLeft() throws Exception {
    database = ExternalDatabase.start(Gateway.temporaryFolder().resolve("pg"));
    FIXTURE.restore(database);
    gateway =
        Gateway.start(
            Gateway.temporaryFolder(),
            Stream.concat(
                    Stream.of(database.settings()),
                    Stream.of(UpgradeFixture.SECRET_KEY, UpgradeFixture.ERASURE_KEY))
                .toArray(String[]::new));
    queues = BrokerView.of(gateway);
    access = FIXTURE.access();
  }

  @AfterAll
  static void stop() throws Exception {
    queues.close();
    gateway.close();
    database.close();
  }

  @Test
  @Order(1)
  void appliesEachOldMessageOnceAndAnnouncesWhatTheOldGatewayWouldHave() throws Exception {
    for (JsonNode message : FIXTURE.messages()) {
      send(message);
      send(message);
      awaitApplied(Json.stored(message.path("text").asText())); // as its sender did
    }
    deleteTheSchema();

    Map<String, List<String>> before = told(FIXTURE.events());
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(told(events())).containsAllEntriesOf(before));
    assertThat(types(id("waiting"))).endsWith("gatehouse.user.deactivated.v1").hasSize(2);
    assertThat(types(id("late")))
        .startsWith("gatehouse.user.created.v1", "gatehouse.user.deactivated.v1")
        .endsWith("gatehouse.user.erased.v1")
        .doesNotHaveDuplicates();
    assertThat(count("select count(*) from parked_command"))
        .as("it was parked before")
        .isEqualTo(1);
    assertThat(count("select count(*) from inbox where done_at is null")).isZero();
    assertThat(queues.messages("gatehouse.dead")).isEmpty();
    assertThat(refused()).isEmpty();
  }

  /** What the old gateway knew: a token, a page of the log, a parked command. */
  @Test
  @Order(2)
  void goesOnWithParkedCommandsAndTokens() throws Exception {
    ScimClient idp =
        new ScimClient(
            gateway,
            access.path("tenant").asText(),
            access.path("connection").asText(),
            access.path("token").asText());
    assertThat(idp.create(ScimClient.user("next@example.com")).status()).isEqualTo(201);

    String brake = "/connections/" + access.path("braked").asText() + "/brake/allow";
    assertThat(gateway.admin("POST", brake, null).status()).isBetween(200, 204);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(types(id("parked"))).endsWith("gatehouse.user.deactivated.v1"));
    assertThat(types(id("parked"))).hasSize(2);
    assertThat(count("select count(*) from parked_command")).isZero();
  }

  private static UUID id(String name) {
    return UUID.fromString(access.path(name).asText());
  }

  private static void send(JsonNode message) throws Exception {
    UpgradeFixture.send(
        queues.session(),
        message.path("queue").asText(),
        message.path("group").asText(),
        message.path("text").asText());
  }

  private static void awaitApplied(JsonNode command) {
    if (command.has("op") && !command.path("probe").asBoolean()) {
      UUID id = UUID.fromString(command.path("id").asText());
      await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> isApplied(id));
    }
  }

  private static boolean isApplied(UUID command) {
    return gateway
        .bean(JdbcClient.class)
        .sql(
            "select exists (select from command_outcome where command_id = ? and outcome is not null)")
        .param(command)
        .query(Boolean.class)
        .single();
  }

  private static void deleteTheSchema() {
    String schema =
        "/admin/api/v1/tenants/%s/schemas/%s?force=true"
            .formatted(access.path("tenant").asText(), UpgradeFixtureSoak.URN);
    assertThat(gateway.call("DELETE", schema, Gateway.ADMIN_TOKEN, null).status()).isEqualTo(202);
  }

  private static List<JsonNode> events() {
    return new PullClient(gateway, access.path("user").asText(), access.path("password").asText())
        .all(0, 500);
  }

  /** What is told about each resource, in order, without times and without the ids of events. */
  private static Map<String, List<String>> told(List<JsonNode> events) {
    Map<String, List<String>> told =
        events.stream()
            .collect(
                Collectors.groupingBy(
                    it -> it.path("subject").asText(),
                    TreeMap::new,
                    Collectors.mapping(UpgradeTest::said, Collectors.toList())));
    for (String own : List.of("late", "waiting", "parked")) {
      told.remove("/Users/" + access.path(own).asText());
    }
    return told;
  }

  private static String said(JsonNode event) {
    ObjectNode data = event.path("data").deepCopy();
    data.remove("origin");
    if (data.path("lifecycle") instanceof ObjectNode lifecycle) {
      lifecycle.remove("purgeAfter");
    }
    return event.path("type").asText() + " " + data;
  }

  private static List<String> types(UUID user) {
    return events().stream()
        .filter(it -> it.path("subject").asText().equals("/Users/" + user))
        .map(it -> it.path("type").asText())
        .toList();
  }

  private static int count(String sql) {
    return gateway.bean(JdbcClient.class).sql(sql).query(Integer.class).single();
  }

  /**
   * The commands of the fixture whose outcome is an error; only the user who is gone may have one.
   */
  private static List<String> refused() throws Exception {
    List<UUID> sent =
        FIXTURE.messages().stream()
            .map(it -> Json.stored(it.path("text").asText()))
            .filter(it -> it.has("id") && !it.path("target").asText().equals(id("late").toString()))
            .map(it -> UUID.fromString(it.path("id").asText()))
            .toList();
    return gateway
        .bean(JdbcClient.class)
        .sql(
            """
            select outcome::text from command_outcome
             where command_id = any(?::uuid[]) and (outcome ->> 'status')::int >= 400
            """)
        .param(sent.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")))
        .query(String.class)
        .list();
  }
}
