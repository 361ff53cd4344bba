package io.gatehouse.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.EnvelopeCodec;
import io.gatehouse.inbox.Signal;
import io.gatehouse.inbox.SignalBatch;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.support.BrokerView;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Hints;
import io.gatehouse.support.ScimClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.utils.UUIDGenerator;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a newer gateway writes is lost at none that cannot read it, and stops nothing else. */
class NewerMessagesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String DEAD = "gatehouse.dead";

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("okta");
  private BrokerView queues;

  @BeforeEach
  void open() throws Exception {
    queues = BrokerView.of(gateway);
  }

  @AfterEach
  void close() throws Exception {
    try (ClientConsumer rest = queues.session().createConsumer(DEAD)) {
      for (ClientMessage it = rest.receiveImmediate(); it != null; it = rest.receiveImmediate()) {
        it.acknowledge();
      }
    }
    queues.close();
  }

  @Test
  void aNewerCommandIsPutAsideAndStopsNoOther() throws Exception {
    send(createOf("ada@example.com").put("v", 2));
    await().atMost(PATIENCE).until(() -> queues.messages(DEAD).size() == 1);

    assertThat(idp.create(ScimClient.user("grace@example.com")).status()).isEqualTo(201);
    ClientMessage aside = queues.messages(DEAD).get(0);
    assertThat(aside.getStringProperty("gatehouse_queue")).isEqualTo("commands");
    assertThat(aside.getStringProperty("_AMQ_GROUP_ID")).isEqualTo("any");
    assertThat(text(aside)).contains("\"v\":2");
  }

  @Test
  void aNewerGatewayTakesUpEventsThatWerePutAsideAndNoCommands() throws Exception {
    UUID ada = idp.create(ScimClient.user("ada@example.com").put("externalId", "00u1")).id();
    SignalBatch events =
        new SignalBatch(
            UUID.fromString(idp.connection()),
            List.of(
                new Signal(
                    Signal.Kind.USER_DEACTIVATED,
                    new Signal.EventRef("e2", Instant.now()),
                    new Signal.About("00u1", null, null),
                    null)));
    putAside("commands", Json.text(createOf("grace@example.com")));
    putAside("signals", events.text());
    putAside("signals", events.text().replace("USER_DEACTIVATED", "USER_MOVED"));

    restart("command-apply");
    restart("inbox-keep");

    await().atMost(PATIENCE).until(() -> !idp.get(ada).json().path("active").asBoolean());
    assertThat(queues.messages(DEAD))
        .extracting(NewerMessagesTest::text)
        .hasSize(2)
        .noneMatch(it -> it.contains("USER_DEACTIVATED"));
    assertThat(found("grace@example.com")).as("its sender was told that it failed").isZero();
  }

  private void putAside(String queue, String text) throws Exception {
    ClientMessage message = queues.session().createMessage(ClientMessage.TEXT_TYPE, true);
    message.getBodyBuffer().writeNullableSimpleString(SimpleString.of(text));
    message.putStringProperty("gatehouse_queue", queue);
    message.setUserID(UUIDGenerator.getInstance().generateUUID());
    try (var producer = queues.session().createProducer(DEAD)) {
      producer.send(message);
    }
  }

  private void restart(String route) throws Exception {
    var routes = gateway.bean(CamelContext.class).getRouteController();
    routes.stopRoute(route);
    routes.startRoute(route);
  }

  private static String text(ClientMessage message) {
    return message.getReadOnlyBodyBuffer().readNullableSimpleString().toString();
  }

  @Test
  void whatANewerGatewayAddsToACommandIsIgnored() throws Exception {
    ObjectNode command = createOf("ada@example.com");
    command.put("region", "eu").putObject("signature").put("by", "someone");

    send(command);

    await().atMost(PATIENCE).until(() -> found("ada@example.com") == 1);
    assertThat(queues.messages(DEAD)).isEmpty();
  }

  @Test
  void anEventOfANewerKindWaitsInTheInboxAndStopsNoOtherUser() {
    UUID ada = idp.create(ScimClient.user("ada@example.com").put("externalId", "00u1")).id();
    gateway.sql(
        """
        insert into inbox (connection_id, event_id, subject, signal)
        values (?::uuid, 'e0', 'user:00u9', '{"kind": "USER_MOVED", "id": "00u9"}')
        """,
        idp.connection());
    try {
      new Hints(gateway, idp)
          .leave(
              new Signal(
                  Signal.Kind.USER_DEACTIVATED,
                  new Signal.EventRef("e1", Instant.now()),
                  new Signal.About("00u1", null, null),
                  null));

      await().atMost(PATIENCE).until(() -> !idp.get(ada).json().path("active").asBoolean());
      await()
          .atMost(PATIENCE)
          .until(() -> waiting().contains("This version of the gateway cannot read the event."));
    } finally {
      gateway.sql("delete from inbox where connection_id = ?::uuid", idp.connection());
    }
  }

  private List<String> waiting() {
    return gateway
        .bean(JdbcClient.class)
        .sql("select coalesce(problem, '') from inbox where done_at is null and event_id = 'e0'")
        .query(String.class)
        .list();
  }

  private int found(String name) {
    return idp.find("userName eq \"" + name + "\"").json().path("totalResults").asInt();
  }

  private void send(ObjectNode command) throws Exception {
    UpgradeFixture.send(queues.session(), "commands", "any", Json.text(command));
  }

  private ObjectNode createOf(String name) {
    UUID tenant =
        gateway
            .bean(JdbcClient.class)
            .sql("select id from tenant where slug = ?")
            .param(idp.tenant())
            .query(UUID.class)
            .single();
    CommandId id = CommandId.next(Instant.now());
    return Json.stored(
        EnvelopeCodec.encode(
            new Envelope(
                id,
                new Caller(tenant, idp.tenant(), UUID.fromString(idp.connection()), "okta"),
                new Command.Create(
                    ResourceType.USER,
                    CommandId.uuid7(java.time.Clock.systemUTC().instant()),
                    ScimClient.user(name).put("active", true)),
                new Envelope.Trace("none", Instant.now(), id.toString(), List.of()))));
  }
}
