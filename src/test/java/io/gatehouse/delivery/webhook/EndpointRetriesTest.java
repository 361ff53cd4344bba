package io.gatehouse.delivery.webhook;

import static io.gatehouse.support.Receiver.status;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.support.MovableClock;
import io.gatehouse.support.Receiver;
import io.gatehouse.support.Receiver.Request;
import io.gatehouse.support.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What happens when a receiver does not take an event; days pass in no time. */
class EndpointRetriesTest extends ReceiverScene {

  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  @Test
  void triesTenTimesOnTheScheduleOfStandardWebhooksAndLosesNothing() {
    receiver.answers(status(500));
    Webhook hook = hook(false);
    idp.create(user("ada@example.com"));
    for (Duration pause : PAUSES) {
      attempted(hook, PAUSES.indexOf(pause) + 1);
      Duration chosen = chosenPause(hook);
      assertThat(chosen)
          .isBetween(pause.multipliedBy(9).dividedBy(10), pause.multipliedBy(11).dividedBy(10));
      MovableClock.pass(chosen);
    }
    attempted(hook, 10);

    await().until(() -> hook.view().path("state").asText().equals("disabled"));
    assertThat(hook.view().path("disabledBecause").asText())
        .contains("failed 10 times", "The receiver answered 500.");
    assertGapsAreNoShorter(hook.attempts());
    idp.create(user("grace@example.com"));
    await().until(() -> hook.view().path("backlog").asInt() == 2);
    assertThat(receiver.requests()).hasSize(10).extracting(Request::body).containsOnly(body(0));

    receiver.answers(status(200));
    hook.enable();
    arrived(12);
    await().until(() -> hook.view().path("backlog").asInt() == 0);
    assertThat(receiver.requests().subList(10, 12)).extracting(Request::body).contains(body(0));
    assertThat(hook.view().path("state").asText()).isEqualTo("enabled");
  }

  private static void assertGapsAreNoShorter(List<JsonNode> attempts) {
    for (int i = 0; i < PAUSES.size(); i++) {
      assertThat(Duration.between(at(attempts.get(i)), at(attempts.get(i + 1))))
          .isGreaterThanOrEqualTo(PAUSES.get(i).multipliedBy(9).dividedBy(10));
    }
  }

  private String body(int request) {
    return receiver.requests().get(request).body();
  }

  @Test
  void waitsAsLongAsTheReceiverAsks() {
    receiver.answers(status(503, "Retry-After", "7200"));
    Webhook hook = hook(false);
    idp.create(user("ada@example.com"));
    attempted(hook, 1);

    assertThat(chosenPause(hook)).isEqualTo(Duration.ofHours(2));
    receiver.answers(status(204));
    MovableClock.pass(Duration.ofHours(2));
    arrived(2);
  }

  @Test
  void asksNothingAtAllBeforeTheTimeThatTheReceiverAsksFor() {
    receiver.answers(status(429, "Retry-After", "7200"));
    try (Receiver other = Receiver.start()) {
      Webhook.create(gateway, Webhook.wanted(idp.tenant(), "sound", other.url()));
      Webhook hook = hook(false);
      idp.create(user("ada@example.com"));
      attempted(hook, 1);
      idp.create(user("grace@example.com"));
      await().until(() -> hook.errands().size() == 2);
      idp.create(user("linus@example.com"));
      await().until(() -> other.requests().size() == 3);

      receiver.answers(status(204));
      MovableClock.pass(Duration.ofHours(2));
      await().until(() -> hook.view().path("backlog").asInt() == 0);
      List<JsonNode> attempts = hook.attempts();
      assertThat(attempts.subList(1, attempts.size()))
          .allSatisfy(
              it -> assertThat(at(it)).isAfterOrEqualTo(at(attempts.get(0)).plusSeconds(7200)));
    }
  }

  @Test
  void stopsWhenTheReceiverIsGone() {
    receiver.answers(status(410));
    Webhook hook = hook(false);
    idp.create(user("ada@example.com"));

    await().until(() -> hook.view().path("state").asText().equals("disabled"));
    assertThat(hook.view().path("disabledBecause").asText()).contains("410");
    assertThat(hook.view().at("/lastProblem/problem").asText()).contains("410");
    assertThat(gateway.admin("GET", "/audit?tenant=" + idp.tenant(), null).json().toString())
        .contains("endpoint.disable");
    assertThat(receiver.requests()).hasSize(1);

    receiver.answers(status(204));
    hook.enable();
    arrived(2);
    assertThat(body(1)).isEqualTo(body(0));
  }

  @Test
  void holdsBackLaterEventsOfTheSameUserOnlyWhenOrdered() {
    failEventsAbout("ada");
    Webhook hook = hook(true);
    UUID ada = idp.create(user("ada@example.com")).id();
    idp.delete(ada);
    UUID grace = idp.create(user("grace@example.com")).id();
    await().until(() -> receiver.requests().stream().anyMatch(about(grace)));
    attempted(hook, 2);

    assertThat(typesAbout(ada)).containsExactly("gatehouse.user.created.v1");
    assertThat(hook.view().path("backlog").asInt()).isEqualTo(2);
    receiver.answers(status(204));
    MovableClock.pass(Duration.ofSeconds(6));
    arrived(4);
    assertThat(typesAbout(ada))
        .containsExactly(
            "gatehouse.user.created.v1",
            "gatehouse.user.created.v1",
            "gatehouse.user.deactivated.v1");
  }

  @Test
  void holdsNothingBackOtherwise() {
    receiver.answersEach(it -> status(it.type().equals("gatehouse.user.created.v1") ? 500 : 204));
    Webhook hook = hook(false);
    idp.delete(idp.create(user("ada@example.com")).id());

    arrived(2);
    attempted(hook, 2);
    assertThat(receiver.types()).contains("gatehouse.user.deactivated.v1");
    assertThat(hook.view().path("backlog").asInt()).isEqualTo(1);
  }

  @Test
  void sendsOfSomebodyWhoWasErasedWhatAReplayWouldSend() {
    String mark = "mark-" + UUID.randomUUID();
    receiver.answersEach(
        it ->
            http -> {
              byte[] echo = it.body().getBytes(java.nio.charset.StandardCharsets.UTF_8);
              http.sendResponseHeaders(500, echo.length);
              http.getResponseBody().write(echo);
              http.close();
            });
    Webhook hook = hook(false);
    UUID ada = idp.create(user(mark)).id();
    attempted(hook, 1);
    assertThat(body(0)).contains(mark);
    idp.delete(ada);
    gateway.admin("POST", "/users/" + ada + "/erase", null);
    await().until(() -> receiver.types().contains("gatehouse.user.erased.v1"));
    attempted(hook, 3);
    assertThat(kept(mark)).isZero();

    receiver.answers(status(204));
    MovableClock.pass(Duration.ofSeconds(6));
    await().until(() -> hook.view().path("backlog").asInt() == 0);

    List<Request> again = receiver.requests().subList(3, 6);
    assertThat(again).extracting(Request::type).contains("gatehouse.user.created.v1");
    assertThat(again).extracting(it -> it.header("Webhook-id")).contains(id(0));
    assertThat(again).allSatisfy(it -> assertThat(it.body()).doesNotContain(mark, "Lovelace"));
  }

  private String id(int request) {
    return receiver.requests().get(request).header("Webhook-id");
  }

  private int kept(String mark) {
    return gateway
        .bean(JdbcClient.class)
        .sql(
            """
            select (select count(*) from attempt t where t::text like :mark)
                   + (select count(*) from errand t where t::text like :mark)
                   + (select count(*) from endpoint t where t::text like :mark)
            """)
        .param("mark", "%" + mark + "%")
        .query(Integer.class)
        .single();
  }

  private void failEventsAbout(String name) {
    receiver.answersEach(it -> status(it.body().contains(name + "@") ? 500 : 204));
  }

  private static java.util.function.Predicate<Request> about(UUID id) {
    return it -> it.about().equals(id.toString());
  }

  private List<String> typesAbout(UUID id) {
    return receiver.requests().stream().filter(about(id)).map(Request::type).toList();
  }

  private Webhook hook(boolean ordered) {
    ObjectNode wanted = Webhook.wanted(idp.tenant(), "training", receiver.url());
    return Webhook.create(gateway, wanted.put("ordered", ordered));
  }

  private void arrived(int count) {
    await().untilAsserted(() -> assertThat(receiver.requests()).hasSize(count));
  }

  private static void attempted(Webhook hook, int count) {
    await().untilAsserted(() -> assertThat(hook.attempts()).hasSize(count));
  }

  private static Instant at(JsonNode attempt) {
    return Instant.parse(attempt.path("at").asText());
  }

  /** Between the last attempt and the next. */
  private static Duration chosenPause(Webhook hook) {
    List<JsonNode> attempts = hook.attempts();
    return Duration.between(at(attempts.get(attempts.size() - 1)), hook.errands().get(0));
  }
}
