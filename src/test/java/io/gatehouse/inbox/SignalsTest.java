package io.gatehouse.inbox;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.inbox.Signal.About;
import io.gatehouse.inbox.Signal.EventRef;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Hints;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What an IdP says out of turn takes effect without a question to anybody, where that is possible.
 */
class SignalsTest {

  private static final String LEAVE = "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}";
  private static final String BACK = "{\"op\":\"replace\",\"path\":\"active\",\"value\":true}";

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("okta");
  private final Hints hints = new Hints(gateway, idp);

  @Test
  void deactivatesWhomItKnowsByTheIdOfTheIdp() {
    UUID ada = hired("ada@example.com", "00u1");

    hear(Kind.USER_DEACTIVATED, "e1", "00u1", null);

    assertThat(active(ada)).isFalse();
    assertThat(register(ada).path("purgeAfter").asText()).isNotEmpty();
  }

  @Test
  void deactivatesWhomItKnowsByTheLoginAndRemembersTheId() {
    UUID ada = hired("Ada@example.com", null);

    hear(Kind.USER_DEACTIVATED, "e1", "00u1", "ada@EXAMPLE.com");
    idp.patch(ada, BACK);
    hear(Kind.USER_DEACTIVATED, "e2", "00u1", null);

    assertThat(active(ada)).isFalse();
  }

  @Test
  void isNotFooledByANameThatSomebodyElseHasNow() {
    UUID ada = hired("ada@example.com", null);
    hear(Kind.USER_CHANGED, "e0", "00u1", "ada@example.com");
    hear(Kind.USER_DEACTIVATED, "e1", "00u1", "ada@example.com");
    idp.patch(ada, BACK);

    hear(Kind.USER_DEACTIVATED, "e2", "00u2", "ada@example.com");

    assertThat(active(ada)).isTrue();
  }

  @Test
  void saysInTheEventWhereItCameFrom() throws Exception {
    try (Subscriber hr = Subscriber.of(gateway.subscription(idp.tenant(), "hr"))) {
      hired("ada@example.com", "00u1");
      hr.next();

      hear(Kind.USER_DEACTIVATED, "e1", "00u1", null);

      ObjectNode event = hr.next();
      assertThat(event.path("type").asText()).isEqualTo("gatehouse.user.deactivated.v1");
      JsonNode origin = event.path("data").path("origin");
      assertThat(origin.path("channel").asText()).isEqualTo("webhook");
      assertThat(origin.path("idp").asText()).isEqualTo("okta");
      assertThat(origin.path("eventId").asText()).isEqualTo("e1");
    }
  }

  @Test
  void appliesAnEventOnce() {
    UUID ada = hired("ada@example.com", "00u1");

    hear(Kind.USER_DEACTIVATED, "e1", "00u1", null);
    idp.patch(ada, BACK);
    hear(Kind.USER_DEACTIVATED, "e1", "00u1", null);

    assertThat(active(ada)).isTrue();
  }

  @Test
  void changesNothingByAnEventThatIsOlderThanWhatWasApplied() {
    Instant before = Instant.now().minusSeconds(60);
    UUID ada = hired("ada@example.com", "00u1");

    hear(Kind.USER_DEACTIVATED, new EventRef("e1", before), new About("00u1", null, null));
    assertThat(active(ada)).as("older than the arrival").isTrue();

    hear(Kind.USER_DEACTIVATED, "e2", "00u1", null);
    Instant left = Instant.now();
    idp.patch(ada, BACK);
    hear(Kind.USER_DEACTIVATED, new EventRef("e3", left), new About("00u1", null, null));
    assertThat(active(ada)).as("older than the return").isTrue();
  }

  @Test
  void deletesAndKeepsADeadlineThatRuns() {
    UUID ada = hired("ada@example.com", "00u1");
    hear(Kind.USER_DEACTIVATED, "e1", "00u1", null);
    String deadline = register(ada).path("purgeAfter").asText();

    hear(Kind.USER_DELETED, "e2", "00u1", null);

    assertThat(idp.get(ada).status()).isEqualTo(404);
    assertThat(register(ada).path("purgeAfter").asText()).isEqualTo(deadline);
  }

  @Test
  void touchesNobodyWhomTheConnectionDoesNotControl() {
    UUID ada = hired("ada@example.com", "00u1");
    ScimClient other = gateway.connection(idp.tenant(), "okta");

    new Hints(gateway, other).hear(Kind.USER_DEACTIVATED, "e1", "00u1");
    hear(Kind.USER_DEACTIVATED, "e1", "00u9", "nobody@example.com");

    assertThat(active(ada)).isTrue();
  }

  @Test
  void createsAndUpdatesFromASenderThatSaysItAll() {
    ObjectNode grace = user("grace@example.com").put("title", "Rear Admiral");
    hear(new Signal(Kind.USER_CHANGED, new EventRef("e1", Instant.now()), about("u-7"), grace));

    UUID id = UUID.fromString(found("grace@example.com").path("id").asText());
    ObjectNode promoted = grace.deepCopy().put("title", "Commodore");
    hear(new Signal(Kind.USER_CHANGED, new EventRef("e2", Instant.now()), about("u-7"), promoted));

    assertThat(idp.get(id).json().path("title").asText()).isEqualTo("Commodore");
  }

  @Test
  void restoresWhoeverComesBackWithTheSameId() {
    UUID ada = hired("ada@example.com", "00u1");
    hear(Kind.USER_DELETED, "e1", "00u1", null);

    hear(
        new Signal(
            Kind.USER_CHANGED,
            new EventRef("e2", Instant.now()),
            about("00u1"),
            user("ada@example.com")));

    assertThat(active(ada)).isTrue();
    assertThat(register(ada).path("purgeAfter").asText()).isEmpty();
  }

  @Test
  void writesDownWhatIsNoUser() {
    hear(
        new Signal(
            Kind.USER_CHANGED, new EventRef("e1", Instant.now()), about("u-7"), Json.object()));

    assertThat(remark("e1")).isEqualTo("400 invalidValue");
  }

  @Test
  void hearsNothingMoreOfAConnectionThatWasRemoved() {
    ScimClient former = gateway.connection(idp.tenant(), "okta");
    gateway.admin("DELETE", "/connections/" + former.connection(), null);

    EventRef eventRef = new EventRef("e1", Instant.now());
    new Hints(gateway, former)
        .leave(new Signal(Kind.USER_CHANGED, eventRef, about("00u1"), user("late@example.com")));
    hears("e1", user("ada@example.com"));
    hears("e2", user("ada@example.com").put("title", "Head nurse"));

    assertThat(
            gateway
                .bean(JdbcClient.class)
                .sql("select count(*) from person where user_name_key = 'late@example.com'")
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void movesAMemberWithoutAnApi() {
    UUID ada = hired("ada@example.com", "00u1");
    ObjectNode group = ScimClient.group("Nurses").put("externalId", "00g1");
    UUID nurses = idp.call("POST", "/Groups", group).id();
    About joined = new About("00u1", null, "00g1");

    hear(Kind.MEMBER_ADDED, new EventRef("e1", Instant.now()), joined);
    assertThat(members(nurses)).containsExactly(ada.toString());

    hear(Kind.MEMBER_REMOVED, new EventRef("e2", Instant.now()), joined);
    assertThat(members(nurses)).isEmpty();
  }

  @Test
  void parksWhatTheBrakeStopsUntilItIsAllowed() {
    brake();
    UUID ada = hired("ada@example.com", "00u1");

    hear(Kind.USER_DEACTIVATED, "e1", "00u1", null);
    assertThat(active(ada)).isTrue();
    JsonNode parked = parked();
    assertThat(parked.path("cause").asText()).isEqualTo("brake");
    assertThat(parked.path("resource").asText()).isEqualTo(ada.toString());

    gateway.admin("POST", "/connections/" + idp.connection() + "/brake/allow", null);

    await().until(() -> !active(ada));
    assertThat(parked().isMissingNode()).isTrue();
  }

  @Test
  void discardsWhatTheBrakeHasStoppedWhenTheWaveIsRejected() {
    brake();
    UUID ada = hired("ada@example.com", "00u1");
    hear(Kind.USER_DEACTIVATED, "e1", "00u1", null);

    gateway.admin("POST", "/connections/" + idp.connection() + "/brake/reject", null);

    assertThat(parked().isMissingNode()).isTrue();
    assertThat(active(ada)).isTrue();
  }

  @Test
  void keepsLaterOnesOfTheSameUserBehindTheParkedOne() {
    brake();
    UUID ada = hired("ada@example.com", "00u1");
    hear(Kind.USER_DEACTIVATED, "e1", "00u1", null);

    hears("e2", user("ada@example.com").put("title", "Countess"));
    assertThat(idp.get(ada).json().has("title")).isFalse();
    assertThat(parked().path("commands").asInt()).isEqualTo(2);

    gateway.admin("POST", "/connections/" + idp.connection() + "/brake/allow", null);

    await().until(() -> !active(ada));
  }

  @Test
  void parksWhatBreaksUsAndReplaysItInOrder() {
    UUID ada = hired("ada@example.com", "00u1");
    gateway.sql("alter table person add constraint unlucky check (doc ->> 'title' <> 'Unlucky')");
    try {
      hears("e1", user("ada@example.com").put("title", "Unlucky").put("nickName", "Addie"));
      hears("e2", user("ada@example.com").put("title", "Countess"));
      assertThat(parked().path("cause").asText()).isEqualTo("broken");
      assertThat(parked().path("commands").asInt()).isEqualTo(2);
    } finally {
      gateway.sql("alter table person drop constraint unlucky");
    }

    gateway.admin("POST", "/parked/" + parked().path("key").asText() + "/replay", null);

    await().until(() -> idp.get(ada).json().path("title").asText().equals("Unlucky"));
    assertThat(idp.get(ada).json().path("nickName").asText()).isEqualTo("Addie");
    assertThat(parked().isMissingNode()).isTrue();
  }

  @Test
  void asksBeforeItReplaysWhatIsOlderThanWhatWasAppliedSince() {
    brake();
    UUID ada = hired("ada@example.com", "00u1");
    hear(Kind.USER_DEACTIVATED, "e1", "00u1", null);
    String key = parked().path("key").asText();
    gateway.sql("update person set source_time = now() + interval '1 hour' where id = ?", ada);

    assertThat(parked().path("outdated").asBoolean()).isTrue();
    assertThat(gateway.admin("POST", "/parked/" + key + "/replay", null).status()).isEqualTo(409);
    brakeOff();
    assertThat(gateway.admin("POST", "/parked/" + key + "/replay?confirm=true", null).status())
        .isEqualTo(202);

    await().until(() -> !active(ada));
  }

  @Test
  void discardsOnRequest() {
    brake();
    hired("ada@example.com", "00u1");
    hear(Kind.USER_DEACTIVATED, "e1", "00u1", null);
    String key = parked().path("key").asText();

    assertThat(gateway.admin("POST", "/parked/" + key + "/discard", null).status()).isEqualTo(204);

    assertThat(parked().isMissingNode()).isTrue();
    assertThat(gateway.admin("POST", "/parked/" + key + "/replay", null).status()).isEqualTo(404);
  }

  @Test
  void erasesWhatWasHeardOfAPerson() {
    brake();
    UUID ada = hired("ada@example.com", "00u1");
    hear(Kind.USER_DEACTIVATED, "e1", "00u1", "ada@example.com");
    gateway.sql(
        "update inbox set done_at = null, due_at = 'infinity', signal = ?::jsonb where connection_id = ?",
        "{\"kind\":\"USER_CHANGED\",\"id\":\"00u1\",\"login\":\"ada@example.com\"}",
        UUID.fromString(idp.connection()));
    brakeOff();
    idp.delete(ada);

    gateway.admin("POST", "/users/" + ada + "/erase", null);

    assertThat(count("parked_command")).isZero();
    assertThat(count("inbox")).isZero();
  }

  @Test
  void erasesWhatWaitsAboutAPersonKnownByTheExternalIdOnly() {
    UUID ada = hired("ada@example.com", "00u1");
    gateway.sql(
        "insert into inbox (connection_id, event_id, subject, due_at, signal) values (?, 'e1', 'user:00u1', 'infinity', ?::jsonb)",
        UUID.fromString(idp.connection()),
        "{\"kind\":\"USER_CHANGED\",\"id\":\"00u1\",\"resource\":{\"userName\":\"ada.new@example.com\"}}");
    idp.delete(ada);

    gateway.admin("POST", "/users/" + ada + "/erase", null);

    assertThat(count("inbox")).isZero();
  }

  private int count(String table) {
    return gateway
        .bean(JdbcClient.class)
        .sql("select count(*) from " + table + " where connection_id = ?")
        .param(UUID.fromString(idp.connection()))
        .query(Integer.class)
        .single();
  }

  private void brake() {
    limit("{\"minimum\":0,\"percent\":0}");
  }

  private void brakeOff() {
    limit("\"off\"");
  }

  private void limit(String brake) {
    ObjectNode change = Json.stored("{\"settings\":{\"brake\":" + brake + "}}");
    gateway.admin("PATCH", "/connections/" + idp.connection(), change);
  }

  private JsonNode parked() {
    for (JsonNode it : gateway.admin("GET", "/parked", null).json()) {
      if (it.path("connection").asText().equals(idp.connection())) {
        return it;
      }
    }
    return Json.MAPPER.missingNode();
  }

  private UUID hired(String userName, @Nullable String externalId) {
    return idp.create(user(userName).put("externalId", externalId)).id();
  }

  private boolean active(UUID id) {
    return idp.get(id).json().path("active").asBoolean();
  }

  private JsonNode register(UUID id) {
    return gateway.admin("GET", "/users/" + id, null).json();
  }

  private JsonNode found(String userName) {
    return idp.find("userName eq \"" + userName + "\"").json().path("Resources").path(0);
  }

  private List<String> members(UUID group) {
    return idp.group(group).json().path("members").findValuesAsText("value");
  }

  private static About about(String id) {
    return new About(id, null, null);
  }

  private void hear(Kind kind, String event, String id, @Nullable String login) {
    hear(kind, new EventRef(event, Instant.now()), new About(id, login, null));
  }

  private void hear(Kind kind, EventRef eventRef, About about) {
    hear(new Signal(kind, eventRef, about, null));
  }

  private void hears(String event, ObjectNode resource) {
    hear(
        new Signal(Kind.USER_CHANGED, new EventRef(event, Instant.now()), about("00u1"), resource));
  }

  private void hear(Signal signal) {
    hints.hear(signal);
  }

  private String remark(String event) {
    return gateway
        .bean(JdbcClient.class)
        .sql("select problem from inbox where connection_id = ? and event_id = ?")
        .param(UUID.fromString(idp.connection()))
        .param(event)
        .query(String.class)
        .single();
  }
}
