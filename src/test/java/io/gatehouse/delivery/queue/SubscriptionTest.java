package io.gatehouse.delivery.queue;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.BrokerView;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a subscriber gets and what it cannot do, by AMQP 1.0 with a foreign client. */
class SubscriptionTest {

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");

  @Test
  void sendsCloudEventsWithStateAndChanges() throws Exception {
    var subscription = gateway.subscription(idp.tenant(), "training");
    ObjectNode ada = user("ada@example.com").put("nickName", "not for training");
    ada.putObject(Schema.ENTERPRISE_USER).put("department", "Analysis").put("costCenter", "4711");
    UUID id = idp.create(ada).id();
    idp.patch(id, "{\"op\":\"replace\",\"path\":\"name.familyName\",\"value\":\"King\"}");

    try (Subscriber training = Subscriber.of(subscription)) {
      ObjectNode created = training.next();
      ObjectNode updated = training.next();

      assertThat(created.path("specversion").asText()).isEqualTo("1.0");
      assertThat(created.path("type").asText()).isEqualTo("gatehouse.user.created.v1");
      assertThat(created.path("subject").asText()).isEqualTo("/Users/" + id);
      assertThat(created.at("/data/resource/userName").asText()).isEqualTo("ada@example.com");
      assertThat(created.toString())
          .contains("Analysis")
          .doesNotContain("not for training", "4711");
      assertThat(updated.path("type").asText()).isEqualTo("gatehouse.user.updated.v1");
      assertThat(updated.path("resourceversion").asText()).isEqualTo("2");
      assertThat(updated.path("sequence").asText())
          .isGreaterThan(created.path("sequence").asText());
      assertThat(updated.at("/data/changes/0"))
          .isEqualTo(
              Json.object()
                  .put("path", "name.familyName")
                  .put("op", "replace")
                  .put("old", "Lovelace")
                  .put("new", "King"));
      assertThat(updated.at("/data/origin/idp").asText()).isEqualTo("standard");
    }
  }

  @Test
  void keepsEventsForASubscriberThatIsAway() throws Exception {
    var subscription = gateway.subscription(idp.tenant(), "training");
    Subscriber.of(subscription).close();
    idp.create(user("ada@example.com"));

    try (Subscriber training = Subscriber.of(subscription)) {
      assertThat(training.next().path("type").asText()).isEqualTo("gatehouse.user.created.v1");
    }
  }

  @Test
  void showsNoEventsOfOtherTenants() throws Exception {
    var subscription = gateway.subscription(gateway.tenant(), "training");
    idp.create(user("ada@example.com"));

    try (Subscriber stranger = Subscriber.of(subscription)) {
      assertThat(stranger.all()).isEmpty();
    }
  }

  @Test
  void filtersByType() throws Exception {
    ObjectNode wanted =
        Json.object()
            .put("tenant", idp.tenant())
            .put("name", "leavers")
            .put("profile", "directory");
    wanted.putArray("types").add("gatehouse.user.deactivated.*");
    var subscription = gateway.admin("POST", "/subscriptions", wanted);
    UUID ada = idp.create(user("ada@example.com")).id();
    idp.delete(ada);

    try (Subscriber leavers = Subscriber.of(subscription)) {
      assertThat(leavers.all())
          .extracting(it -> it.path("type").asText())
          .containsExactly("gatehouse.user.deactivated.v1");
    }
  }

  @Test
  void opensOneQueueAndNothingElse() throws Exception {
    JsonNode mine = gateway.subscription(idp.tenant(), "training").json();
    JsonNode other = gateway.subscription(idp.tenant(), "payroll").json();

    try (Subscriber training = Subscriber.of(mine, mine.path("queue").asText())) {
      Session session = training.session();
      for (String queue : forbidden(mine, other)) {
        assertRefused(queue, () -> session.createConsumer(session.createQueue(queue)));
        assertRefused(queue, () -> session.createConsumer(session.createTopic(queue)));
        assertRefused(
            queue, () -> session.createBrowser(session.createQueue(queue)).getEnumeration());
      }
      for (String address : writable(mine, other)) {
        assertRefused(
            address,
            () ->
                session.createProducer(session.createQueue(address)).send(session.createMessage()));
        assertRefused(
            address,
            () ->
                session.createProducer(session.createTopic(address)).send(session.createMessage()));
      }
      assertRefused("temporary", session::createTemporaryQueue);
      assertRefused(
          "durable",
          () ->
              session.createSharedDurableConsumer(
                  session.createTopic("gatehouse.changes.directory"), "mine"));
    }
  }

  private static String[] forbidden(JsonNode mine, JsonNode other) {
    String dead = mine.path("username").asText() + ".dead";
    return new String[] {
      other.path("queue").asText(),
      other.path("username").asText(),
      "gatehouse.changes.directory",
      "gatehouse.failed::" + dead,
      dead,
      "gatehouse.failed",
      "gatehouse.dead",
      "gatehouse.expired",
      "commands",
      "signals",
      "activemq.management",
      "activemq.notifications",
      "$management",
      "$sys.mqtt.sessions",
      "#",
      "gatehouse.changes.#"
    };
  }

  private static String[] writable(JsonNode mine, JsonNode other) {
    return new String[] {
      mine.path("queue").asText(),
      other.path("queue").asText(),
      "gatehouse.changes.directory",
      "gatehouse.failed",
      "commands",
      "signals",
      "activemq.management",
      "$management",
      "made.up"
    };
  }

  private static void assertRefused(String what, ThrowingCallable call) {
    assertThatThrownBy(call).as(what).isInstanceOf(JMSException.class);
  }

  @Test
  void canBeRemovedWhenTheBrokerHasForgottenItsQueue() throws Exception {
    JsonNode made = gateway.subscription(idp.tenant(), "training").json();
    try (BrokerView broker = BrokerView.of(gateway)) {
      broker.session().deleteQueue(made.path("username").asText());
    }
    String path = "/subscriptions/" + idp.tenant() + "/training";

    assertThat(gateway.admin("DELETE", path, null).status()).isEqualTo(204);
    assertThat(gateway.subscription(idp.tenant(), "training").status()).isEqualTo(201);
  }

  @Test
  void canBeMadeAnewWhereTheBrokerStillHasAnOldOne() throws Exception {
    gateway.subscription(idp.tenant(), "training");
    idp.create(user("ada@example.com"));
    gateway.sql(
        "delete from subscription where tenant_id = (select id from tenant where slug = ?)",
        idp.tenant());

    var anew = gateway.subscription(idp.tenant(), "training", "notice");
    idp.create(user("grace@example.com"));

    assertThat(anew.status()).isEqualTo(201);
    try (Subscriber training = Subscriber.of(anew)) {
      assertThat(training.all()).hasSize(1).noneMatch(it -> it.toString().contains("grace"));
    }
  }

  @Test
  void refusesAWrongPassword() {
    JsonNode mine = gateway.subscription(idp.tenant(), "training").json();
    ObjectNode wrong = mine.deepCopy();
    wrong.put("password", "wrong");

    assertThatThrownBy(() -> Subscriber.of(wrong, mine.path("queue").asText()))
        .isInstanceOf(JMSException.class);
  }
}
