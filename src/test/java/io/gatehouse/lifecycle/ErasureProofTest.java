package io.gatehouse.lifecycle;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandGateway;
import io.gatehouse.command.LifecycleAction;
import io.gatehouse.support.CapturedLog;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import io.gatehouse.support.Traces;
import io.gatehouse.tenant.BearerToken;
import io.gatehouse.tenant.Connections;
import java.util.List;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nothing of somebody who was erased is left in the database, on the broker or in the log. */
class ErasureProofTest {

  /** What the database itself logs comes to the gateway's log with this. */
  private static final String DATABASE_LOG = "io.zonky.test.db.postgres.embedded";

  private static Gateway gateway;

  @RegisterExtension final CapturedLog log = new CapturedLog();

  private final ScimClient entra = gateway.connection("entra");

  /** Without the schedule, which may erase first. */
  @BeforeAll
  static void start() throws Exception {
    gateway = Gateway.start(Gateway.temporaryFolder(), "--logging.level." + DATABASE_LOG + "=info");
    gateway.bean(CamelContext.class).getRouteController().stopRoute("lifecycle-purge");
  }

  @AfterAll
  static void stop() {
    gateway.close();
    LoggingSystem.get(ErasureProofTest.class.getClassLoader()).setLogLevel(DATABASE_LOG, null);
  }

  @Test
  void leavesNoTraceOfALongLife() throws Exception {
    JsonNode training = gateway.subscription(entra.tenant(), "training").json();
    JsonNode hr = gateway.subscription(entra.tenant(), "hr", "hr").json();
    UUID zebulon = new LongLife(entra).lead();
    Traces before =
        await()
            .until(
                () -> Traces.of(gateway, log.text()),
                it -> LongLife.VALUES.stream().allMatch(v -> it.of(v).contains(queue(hr))));
    assertThat(LongLife.VALUES).allSatisfy(it -> assertThat(before.of(it)).contains("change"));
    assertThat(before.places()).contains("queue gatehouse.dead", "queue gatehouse.expired");
    assertThat(before.of(LongLife.USER_NAME))
        .contains("person", "command_outcome", "audit_detail", "link_conflict");
    assertThat(before.of(LongLife.IN_THE_GROUP)).contains("membership");
    assertThat(log.text()).contains("keeps failing and is answered with 500").contains("ERROR: ");

    try (Subscriber one = Subscriber.of(training, training.path("queue").asText());
        Subscriber other = Subscriber.of(hr, hr.path("queue").asText())) {
      one.all();
      other.all();
      assertThat(erase(zebulon)).isEqualTo(204);
      assertSaysNothing(erasure(one), zebulon);
      assertSaysNothing(erasure(other), zebulon);
    }
    new LongLife(entra).haunt(zebulon);

    await().untilAsserted(() -> assertNothingIsLeft(zebulon));
  }

  /** A command may be taken off its queue a moment after it was answered. */
  private void assertNothingIsLeft(UUID zebulon) throws Exception {
    Traces after = Traces.of(gateway, log.text());
    assertThat(LongLife.VALUES).flatMap(after::lines).isEmpty();
    assertThat(after.of(LongLife.IN_THE_GROUP)).isEmpty();
    assertThat(after.of(zebulon.toString())).contains("tombstone", "change", "audit_entry");
  }

  /** The first event that is one, for what came before may come late. */
  private static ObjectNode erasure(Subscriber subscriber) throws Exception {
    ObjectNode event = subscriber.next();
    while (!event.path("type").asText().equals("gatehouse.user.erased.v1")) {
      event = subscriber.next();
    }
    return event;
  }

  @Test
  void leavesOthersAsTheyWere() throws Exception {
    ObjectNode ada = user("ada").put("title", "Countess");
    ObjectNode namesake = user("ada.byron").put("title", "Baroness");
    UUID erased = entra.create(ada).id();
    UUID other = entra.create(namesake).id();
    UUID group = entra.createGroup("Engines", erased, other).id();
    entra.patch(other, "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Lady\"}");
    leave(erased);
    JsonNode before = entra.get(other).json();
    List<String> kept = kept(other);

    assertThat(erase(erased)).isEqualTo(204);

    assertThat(entra.get(other).json()).isEqualTo(before);
    assertThat(kept(other)).isEqualTo(kept).hasSize(5);
    assertThat(entra.group(group).json().path("members"))
        .extracting(it -> it.path("value").asText())
        .containsExactly(other.toString());
    assertThat(Traces.of(gateway, log.text()).of("Lovelace")).contains("person", "change");
  }

  @Test
  void leavesATombstoneThatOnlyTheKeyExplains() {
    UUID ada = entra.create(user("Ada@Example.com")).id();
    leave(ada);
    erase(ada);

    String hash =
        gateway
            .bean(JdbcClient.class)
            .sql("select name_hash from tombstone where id = ?")
            .param(ada)
            .query(String.class)
            .single();
    UUID tenant = caller().tenant();
    assertThat(hash)
        .isEqualTo(gateway.bean(Pseudonym.class).of(tenant, "ada@example.com"))
        .isNotEqualTo(new Pseudonym("another key").of(tenant, "ada@example.com"));
  }

  private static void assertSaysNothing(ObjectNode event, UUID id) {
    assertThat(event.at("/data/id").asText()).isEqualTo(id.toString());
    assertThat(event.path("data").has("resource")).isFalse();
    for (String value : LongLife.VALUES) {
      assertThat(event.toString()).doesNotContainIgnoringCase(value);
    }
  }

  /** The place that is the queue of a subscription, without the name of its address. */
  private static String queue(JsonNode subscription) {
    return subscription.path("queue").asText().replaceAll(".*::", "queue ");
  }

  private void leave(UUID id) {
    entra.patch(id, "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}");
  }

  private int erase(UUID id) {
    gateway.sql("update person set purge_after = now() - interval '1 day' where id = ?", id);
    return gateway
        .bean(CommandGateway.class)
        .submit(
            Caller.schedule(caller().tenant(), entra.tenant()),
            new Command.Lifecycle(id, LifecycleAction.PURGE))
        .status();
  }

  private Caller caller() {
    return gateway
        .bean(Connections.class)
        .holder(new BearerToken(entra.token()))
        .orElseThrow()
        .caller();
  }

  /** What is stored about what somebody did, in the order in which it happened. */
  private List<String> kept(UUID id) {
    return gateway
        .bean(JdbcClient.class)
        .sql(
            """
            (select data::text from change where resource_id = :id order by id)
            union all
            (select outcome::text from command_outcome where target = :id order by created_at)
            union all
            (select detail::text from audit_detail join audit_entry e on e.id = audit_id
              where e.resource_id = :id order by e.id)
            """)
        .param("id", id)
        .query(String.class)
        .list();
  }
}
