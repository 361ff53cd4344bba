package io.gatehouse.delivery.queue;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.broker.SubscriberQueues;
import io.gatehouse.support.BrokerView;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.Test;

/** What becomes of an event that a subscriber cannot process, and of nobody else's. */
class DeadLettersTest {

  private static final int ATTEMPTS = 5;

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");
  private final JsonNode training = gateway.subscription(idp.tenant(), "training").json();
  private final JsonNode payroll = gateway.subscription(idp.tenant(), "payroll").json();

  @Test
  void goesOnAfterFiveAttemptsAndKeepsWhatFailed() throws Exception {
    UUID ada = idp.create(user("ada")).id();
    idp.create(user("grace"));

    String failed = fail(training);

    try (Subscriber next = Subscriber.of(training, queue(training))) {
      assertThat(next.next().at("/data/resource/userName").asText()).isEqualTo("grace");
    }
    JsonNode answer = deadLetters("training");
    assertThat(answer.path("total").asInt()).isEqualTo(1);
    JsonNode letter = answer.at("/deadLetters/0");
    assertThat(letter.path("event").asText()).isEqualTo(failed);
    assertThat(letter.path("type").asText()).isEqualTo("gatehouse.user.created.v1");
    assertThat(letter.path("resource").asText()).isEqualTo("/Users/" + ada);
    assertThat(letter.path("version").asText()).isEqualTo("1");
    assertThat(Instant.parse(letter.path("failedAt").asText()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
  }

  @Test
  void keepsTheDeadLettersOfSubscribersApart() throws Exception {
    idp.create(user("ada"));

    assertThat(fail(training)).isEqualTo(fail(payroll));

    assertThat(total("training")).isEqualTo(1);
    assertThat(total("payroll")).isEqualTo(1);
    discard("training", "");
    assertThat(total("training")).isZero();
    assertThat(total("payroll")).isEqualTo(1);
  }

  @Test
  void resendsToTheSubscriberThatFailedAndToNobodyElse() throws Exception {
    idp.create(user("ada"));
    String failed = fail(training);

    assertThat(resend("training", "").json().path("count").asInt()).isEqualTo(1);
    assertThat(fail(training)).as("it may be failed again").isEqualTo(failed);
    resend("training", "");

    try (Subscriber mine = Subscriber.of(training, queue(training));
        Subscriber other = Subscriber.of(payroll, queue(payroll))) {
      assertThat(mine.all()).extracting(it -> it.path("id").asText()).containsExactly(failed);
      assertThat(other.all()).as("its own copy, once").hasSize(1);
    }
    assertThat(total("training")).isZero();
  }

  @Test
  void resendsAndDiscardsSingleEvents() throws Exception {
    idp.create(user("ada"));
    idp.create(user("grace"));
    idp.create(user("joan"));
    String first = fail(training);
    String second = fail(training);
    String third = fail(training);

    assertThat(resend("training", "?event=" + second).json().path("count").asInt()).isEqualTo(1);
    assertThat(discard("training", "?event=" + third).json().path("count").asInt()).isEqualTo(1);

    try (Subscriber mine = Subscriber.of(training, queue(training))) {
      assertThat(mine.all()).extracting(it -> it.path("id").asText()).containsExactly(second);
    }
    assertThat(deadLetters("training").at("/deadLetters/0/event").asText()).isEqualTo(first);
    assertThat(total("training")).isEqualTo(1);
  }

  @Test
  void answersForSubscriptionsThatThereAreAndForEventIds() {
    String none = "/subscriptions/" + idp.tenant() + "/none/dead-letters";
    assertThat(gateway.admin("GET", none, null).status()).isEqualTo(404);
    assertThat(gateway.admin("DELETE", none, null).status()).isEqualTo(404);
    assertThat(gateway.admin("POST", none + "/resend", null).status()).isEqualTo(404);
    assertThat(resend("training", "?event=1'or'1'='1").status()).isEqualTo(400);
  }

  @Test
  void showsThemToNoSubscriber() throws Exception {
    idp.create(user("ada"));
    fail(training);
    String own = training.path("username").asText() + ".dead";

    try (Subscriber mine = Subscriber.of(training, queue(training))) {
      Session session = mine.session();
      for (String name : new String[] {own, "gatehouse.failed::" + own, "gatehouse.failed"}) {
        assertThatThrownBy(() -> session.createConsumer(session.createQueue(name)))
            .as(name)
            .isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> session.createConsumer(session.createTopic(name)))
            .as(name)
            .isInstanceOf(JMSException.class);
      }
    }
  }

  @Test
  void forgetsWhoWasErasedAlsoWhatIsFailedLater() throws Exception {
    UUID ada = idp.create(user("ada")).id();
    UUID grace = idp.create(user("grace")).id();
    fail(training);
    fail(training);

    erase(ada);
    await().untilAsserted(() -> assertThat(total("training")).isEqualTo(1));
    assertThat(deadLetters("training").at("/deadLetters/0/resource").asText())
        .isEqualTo("/Users/" + grace);

    fail(payroll);
    assertThat(total("payroll")).isEqualTo(1);
    anHourLater(ada);
    await().untilAsserted(() -> assertThat(total("payroll")).isZero());
  }

  @Test
  void forgetsInTheEndWhomItLookedFor() {
    UUID ada = idp.create(user("ada")).id();
    erase(ada);
    gateway.sql(
        "update dead_letter_sweep set erased_at = now() - interval '32 days', due_at = now() where person_id = ?",
        ada);
    await()
        .untilAsserted(
            () ->
                assertThat(
                        gateway.sql(
                            "update dead_letter_sweep set due_at = due_at where person_id = ?",
                            ada))
                    .isZero());
  }

  @Test
  void letsEventsExpireBeforeTheDataOfALeaverIsErased() throws Exception {
    idp.create(user("ada"));
    idp.create(user("grace"));
    fail(training);

    try (BrokerView broker = BrokerView.of(gateway)) {
      String queue = training.path("username").asText();
      for (String name : new String[] {queue, queue + ".dead"}) {
        assertThat(broker.messages(name))
            .as(name)
            .extracting(ClientMessage::getExpiration)
            .singleElement(org.assertj.core.api.InstanceOfAssertFactories.LONG)
            .isBetween(in(Duration.ofDays(29)), in(Duration.ofDays(31)));
      }
    }
  }

  @Test
  void givesAnOlderSubscriptionItsQueueAtStart() throws Exception {
    try (BrokerView broker = BrokerView.of(gateway)) {
      broker.session().deleteQueue(training.path("username").asText() + ".dead");
    }
    idp.create(user("ada"));

    gateway.bean(SubscriberQueues.class).declare(gateway.bean(Subscriptions.class).all(), Set.of());

    fail(training);
    assertThat(total("training")).isEqualTo(1);
  }

  @Test
  void goesWithTheSubscription() throws Exception {
    gateway.admin("DELETE", "/subscriptions/" + idp.tenant() + "/training", null);
    try (BrokerView broker = BrokerView.of(gateway)) {
      String queue = training.path("username").asText() + ".dead";
      assertThat(broker.session().queueQuery(SimpleString.of(queue)).isExists()).isFalse();
    }
  }

  /** A consumer that rolls back until the broker gives up; the id of its event. */
  private String fail(JsonNode credentials) throws Exception {
    long before = total(credentials.path("name").asText());
    String failed = rollBack(credentials);
    await().until(() -> total(credentials.path("name").asText()) == before + 1);
    return failed;
  }

  private static String rollBack(JsonNode credentials) throws Exception {
    var factory = new JmsConnectionFactory(credentials.at("/urls/amqp").asText());
    try (var connection =
        factory.createConnection(
            credentials.path("username").asText(), credentials.path("password").asText())) {
      Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
      connection.start();
      MessageConsumer messages = session.createConsumer(session.createQueue(queue(credentials)));
      String id = null;
      for (int i = 0; i < ATTEMPTS; i++) {
        TextMessage message = (TextMessage) messages.receive(10_000);
        assertThat(message).as("attempt %d", i + 1).isNotNull();
        String found = message.getStringProperty("cloudEvents_id");
        assertThat(found).isEqualTo(id == null ? found : id);
        id = found;
        session.rollback();
      }
      return id;
    }
  }

  private void erase(UUID id) {
    idp.delete(id);
    assertThat(gateway.admin("POST", "/users/" + id + "/erase", null).status()).isLessThan(300);
  }

  private void anHourLater(UUID id) {
    gateway.sql("update dead_letter_sweep set due_at = now() where person_id = ?", id);
  }

  private static long in(Duration time) {
    return Instant.now().plus(time).toEpochMilli();
  }

  private static String queue(JsonNode credentials) {
    return credentials.path("queue").asText();
  }

  private JsonNode deadLetters(String name) {
    return gateway.admin("GET", path(name), null).json();
  }

  private long total(String name) {
    return deadLetters(name).path("total").asLong();
  }

  private Answer resend(String name, String which) {
    return gateway.admin("POST", path(name) + "/resend" + which, null);
  }

  private Answer discard(String name, String which) {
    return gateway.admin("DELETE", path(name) + which, null);
  }

  private String path(String name) {
    return "/subscriptions/" + idp.tenant() + "/" + name + "/dead-letters";
  }
}
