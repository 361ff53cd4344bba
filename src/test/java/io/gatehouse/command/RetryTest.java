package io.gatehouse.command;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A caller that did not hear an answer asks again, byte for byte, and gets that answer and no
 * conflict; an answer that was heard, or is not true any more, is never given again.
 */
class RetryTest {

  private static final String RENAME =
      "{\"op\":\"replace\",\"path\":\"userName\",\"value\":\"countess@example.com\"}";
  private static final String PROMOTE =
      "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Countess\"}";

  private static final Gateway GATEWAY = Gateway.shared();

  private final ScimClient idp = GATEWAY.connection("standard");

  @Test
  void answersTheRetryOfACallThatTimedOutLikeTheCallButOnlyOnce() throws Exception {
    route("stop");
    assertThat(idp.create(user("ada@example.com")).status()).isEqualTo(503);
    route("start");

    // which answers were received is recorded ten times a second
    Answer retry =
        await().until(() -> idp.create(user("ada@example.com")), it -> it.status() == 201);
    Answer third = idp.create(user("ada@example.com"));
    Answer other = idp.create(user("ada@example.com").put("title", "Countess"));

    assertThat(retry.status()).isEqualTo(201);
    assertThat(idp.get(retry.id()).json()).isEqualTo(retry.json());
    assertThat(third.status()).isEqualTo(409);
    assertThat(other.status()).isEqualTo(409);
    assertThat(idp.call("GET", "/Users", null).json().path("totalResults").asInt()).isEqualTo(1);
  }

  @Test
  void answersTheRetryOfACallWhoseAnswerCouldNotBeWritten() throws Exception {
    route("stop");
    hangUpAfter(user("ada@example.com"));
    route("start");
    await().until(() -> idp.find("userName sw \"ada\"").json().path("totalResults").asInt() == 1);

    await().until(() -> idp.create(user("ada@example.com")).status() == 201);
    assertThat(idp.create(user("ada@example.com")).status()).isEqualTo(409);
  }

  @Test
  void answersTheRetryOfACallThatAnInstanceServedWhichEndedBeforeItAnswered() {
    Answer first = idp.create(user("ada@example.com"));
    killed();

    Answer retry = idp.create(user("ada@example.com"));

    assertThat(retry.status()).isEqualTo(201);
    assertThat(retry.json()).isEqualTo(first.json());
  }

  @Test
  void refusesASecondCreateWhenTheFirstWasHeard() {
    idp.create(user("ada@example.com"));
    assertThat(idp.create(user("ada@example.com")).status()).isEqualTo(409);

    ended();
    assertThat(idp.create(user("ada@example.com")).status()).isEqualTo(409);
  }

  @Test
  void refusesASecondCreateWhenTheNameHasGoneToAnotherSince() {
    UUID ada = idp.create(user("ada@example.com")).id();
    idp.patch(ada, RENAME);
    idp.create(user("ada@example.com").put("title", "Admiral"));
    killed();

    assertThat(idp.create(user("ada@example.com")).status()).isEqualTo(409);
  }

  @Test
  void refusesAReplacementOfAnOldVersionWhenTheFirstWasHeard() {
    UUID ada = idp.create(user("ada@example.com")).id();
    assertThat(replace(ada).status()).isEqualTo(200);
    ended();

    assertThat(replace(ada).status()).isEqualTo(412);
  }

  @Test
  void refusesAReplacementOfAnOldVersionWhenTheUserHasChangedSince() {
    UUID ada = idp.create(user("ada@example.com")).id();
    replace(ada);
    idp.patch(ada, PROMOTE);
    killed();

    assertThat(replace(ada).status()).isEqualTo(412);
  }

  @Test
  void repeatsTheAnswerToAReplacementThatNobodyHeard() {
    UUID ada = idp.create(user("ada@example.com")).id();
    Answer first = replace(ada);
    killed();

    assertThat(replace(ada).json()).isEqualTo(first.json());
  }

  @Test
  void repeatsTheAnswerToADeletionOnlyWhenNobodyHeardItAndTheUserIsStillAway() {
    UUID ada = idp.create(user("ada@example.com")).id();
    assertThat(delete(ada).status()).isEqualTo(204);
    ended();
    assertThat(delete(ada).status()).isEqualTo(404);

    killed();
    assertThat(delete(ada).status()).isEqualTo(204);

    idp.create(user("ada@example.com"));
    killed();
    assertThat(delete(ada).status()).isEqualTo(412);
  }

  @Test
  void repeatsTheAnswersOfABulkRequestOnlyWhenNobodyHeardThem() {
    assertThat(bulk()).isEqualTo("201");
    ended();
    assertThat(bulk()).isEqualTo("409");

    killed();
    assertThat(bulk()).isEqualTo("201");
  }

  private Answer replace(UUID id) {
    return idp.with("If-Match", "W/\"1\"", "PUT", id, user("ada@example.com").put("title", "Lady"));
  }

  private Answer delete(UUID id) {
    return idp.with("If-Match", "W/\"1\"", "DELETE", id, null);
  }

  private String bulk() {
    ObjectNode bulk = Json.object();
    bulk.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:BulkRequest");
    bulk.putArray("Operations")
        .addObject()
        .put("method", "POST")
        .put("path", "/Users")
        .put("bulkId", "ada")
        .set("data", user("ada@example.com"));
    return idp.call("POST", "/Bulk", bulk).json().at("/Operations/0/status").asText();
  }

  /** The instance that served this tenant has ended, and what it has told of that stays. */
  private void ended() {
    UUID now = CommandId.uuid7(Instant.now());
    idp.create(user("beacon-" + now + "@example.com"));
    await()
        .until(
            () ->
                GATEWAY
                        .bean(JdbcClient.class)
                        .sql(
                            "select count(*) from instance where heard_until >= ? and unheard = '{}'")
                        .param(now)
                        .query(Integer.class)
                        .single()
                    > 0);
    String id = "ended-" + now;
    GATEWAY.sql(
        """
        insert into instance (id, seen_at, heard_until, unheard)
        select ?, now() - interval '1 minute', heard_until, unheard from instance
         where heard_until is not null and seen_at > now() - interval '10 seconds'
        """,
        id);
    moveTo(id);
  }

  /** The instance that served this tenant was killed before it could tell what was heard. */
  private void killed() {
    moveTo("killed");
  }

  private void moveTo(String instance) {
    GATEWAY.sql(
        "update command_outcome set instance = ? where connection_id = ?",
        instance,
        UUID.fromString(idp.connection()));
  }

  private static void route(String what) throws Exception {
    var routes = GATEWAY.bean(CamelContext.class).getRouteController();
    if (what.equals("stop")) {
      routes.stopRoute("command-apply");
    } else {
      routes.startRoute("command-apply");
    }
  }

  /** Sends a call, and resets the connection when it has been accepted. */
  private void hangUpAfter(ObjectNode user) throws IOException {
    byte[] body = Json.text(user).getBytes(StandardCharsets.UTF_8);
    String head =
        "POST /scim/v2/Users HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                .formatted(idp.token())
            + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n".formatted(body.length);
    try (Socket socket = new Socket("localhost", URI.create(GATEWAY.url("/")).getPort())) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(body);
      var pendingOutcomes = GATEWAY.bean(io.gatehouse.command.PendingOutcomes.class);
      await().until(() -> pendingOutcomes.count() == 1);
      socket.setSoLinger(true, 0);
    }
  }
}
