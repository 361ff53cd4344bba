package io.gatehouse.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.IdpWebhookCaller;
import io.gatehouse.support.RawCall;
import io.gatehouse.support.WebhookGateway;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is not let in by a webhook, and what is not kept. */
class WebhookRefusalsTest {

  private static final String SECRET = "okta-hook-7Qm2v9Zs";
  private static final String EVENT =
      """
      {"data":{"events":[{"uuid":"e1","eventType":"%s","outcome":{"result":"SUCCESS"},
       "published":"2026-11-03T09:14:00Z","target":[{"type":"User","id":"00u1"}]}]}}""";
  private static final String CREATED = EVENT.formatted("user.lifecycle.create");

  @AutoClose private static final Gateway gateway = WebhookGateway.start();
  private final IdpWebhookCaller okta = WebhookGateway.sender(gateway, "okta", SECRET);

  @Test
  void takesTheSecretAloneOrAsABearer() {
    assertThat(okta.post(CREATED, "Authorization", SECRET).status()).isEqualTo(204);
    assertThat(okta.post(CREATED, "authorization", "Bearer " + SECRET).status()).isEqualTo(204);

    assertThat(okta.kept()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"okta-hook-7Qm2v9Z", "okta-hook-7Qm2v9Zs0", "Bearer", "*****"})
  void refusesAWrongSecret(String secret) {
    requireUnauthorized(okta.post(CREATED, "Authorization", secret));
    assertThat(okta.kept()).isEmpty();
  }

  @Test
  void refusesACallWithoutASecret() {
    requireUnauthorized(okta.post(CREATED));
    requireUnauthorized(okta.call("GET", "", null, "X-Okta-Verification-Challenge", "abc"));
    assertThat(okta.kept()).isEmpty();
  }

  private static void requireUnauthorized(Answer answer) {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.header("WWW-Authenticate")).isNotBlank();
    assertThat(answer.http().body()).doesNotContain(SECRET).doesNotContain("header");
  }

  @Test
  void opensNothingAsLongAsNoSecretIsSet() {
    for (String idp : new String[] {"okta", "onelogin", "entra"}) {
      IdpWebhookCaller sender = WebhookGateway.sender(gateway, idp);

      Answer answer =
          sender.post("{\"value\":[{\"clientState\":\"\"}]}", "Authorization", "Bearer ");

      assertThat(answer.status()).as(idp).isEqualTo(401);
      assertThat(answer.json().path("detail").asText()).contains("webhookSecret");
    }
  }

  @Test
  void takesBothOfTwoLiveSecretsAndNoneThatWasTakenBack() {
    IdpWebhookCaller sender =
        WebhookGateway.sender(gateway, "okta", "the-old-secret", "the-new-secret");

    assertThat(sender.post(CREATED, "Authorization", "the-old-secret").status()).isEqualTo(204);
    assertThat(sender.post(CREATED, "Authorization", "the-new-secret").status()).isEqualTo(204);
    gateway.admin(
        "PATCH",
        "/connections/" + sender.connection(),
        io.gatehouse.scim.Json.stored("{\"settings\":{\"webhookSecret\":\"the-new-secret\"}}"));

    assertThat(sender.post(CREATED, "Authorization", "the-old-secret").status()).isEqualTo(401);
    assertThat(sender.post(CREATED, "Authorization", "the-new-secret").status()).isEqualTo(204);
  }

  @Test
  void takesBothOfTwoClientStates() {
    IdpWebhookCaller sender = WebhookGateway.sender(gateway, "entra", "state-one", "state-two");
    String body =
        """
        {"value":[{"clientState":"state-one","changeType":"updated","resource":"Users/a"},
         {"clientState":"state-three","changeType":"updated","resource":"Users/b"},
         {"clientState":"state-two","changeType":"deleted","resource":"Groups/c"}]}""";
    double refused = sender.counted("refused");

    assertThat(sender.post(body).status()).isEqualTo(202);

    assertThat(sender.kept()).extracting(it -> it.about().id()).containsExactly("a", "c");
    assertThat(sender.counted("refused")).isEqualTo(refused + 1);
  }

  @Test
  void refusesABodyOfTenMegabytes() {
    Answer answer = okta.post("", new byte[10 * 1024 * 1024], "Authorization", SECRET);

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(okta.post(CREATED, "Authorization", SECRET).status()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"data\":{\"events\":[{]}}",
        "{} {}",
        "[1,",
        "{\"a\":\"\\u0000\"}",
        "no json",
        "<xml/>"
      })
  void refusesABrokenBody(String body) {
    Answer answer = okta.post(body, "Authorization", SECRET);

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(okta.kept()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 1_000, 300_000})
  void refusesDeepJson(int depth) {
    byte[] deep = ("[".repeat(depth) + "]".repeat(depth)).getBytes(StandardCharsets.UTF_8);

    assertThat(okta.post("", deep, "Authorization", SECRET).status()).isEqualTo(400);
    assertThat(okta.kept()).isEmpty();
  }

  @Test
  void refusesAnIdThatNobodyCouldKeep() {
    String group =
        new java.util.Random(7)
            .ints(8_000, 'a', 'z' + 1)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    String body =
        """
        {"data":{"events":[{"eventType":"group.user_membership.add","uuid":"long",
         "outcome":{"result":"SUCCESS"},"target":[{"type":"User","id":"00u1"},{"type":"UserGroup","id":"%s"}]}]}}"""
            .formatted(group);

    assertThat(okta.post(body, "Authorization", SECRET).status()).isEqualTo(400);
    assertThat(okta.post(CREATED, "Authorization", SECRET).status()).isEqualTo(204);
    assertThat(okta.kept()).hasSize(1);
  }

  @Test
  void keepsNothingOfABatchThatBreaksInTheMiddle() {
    IdpWebhookCaller onelogin = WebhookGateway.sender(gateway, "onelogin", SECRET);
    String line =
        "{\"event\":{\"event_type_id\":13,\"user_id\":7,\"uuid\":\"u\",\"account_id\":1}}";

    assertThat(onelogin.post(line + "\n{\"event\":", "Authorization", SECRET).status())
        .isEqualTo(400);
    assertThat(onelogin.kept()).isEmpty();
    assertThat(onelogin.post(line + "\r\n\r\n" + line, "Authorization", SECRET).status())
        .isEqualTo(200);
    assertThat(onelogin.kept()).extracting(it -> it.source().eventId()).containsExactly("1:u");
  }

  @Test
  void acknowledgesAndCountsWhatItDoesNotKnow() {
    double ignored = okta.counted("ignored");
    double accepted = okta.counted("accepted");

    Answer answer = okta.post(EVENT.formatted("user.session.start"), "Authorization", SECRET);

    assertThat(answer.status()).isEqualTo(204);
    assertThat(okta.kept()).isEmpty();
    assertThat(okta.counted("ignored")).isEqualTo(ignored + 1);
    assertThat(okta.counted("accepted")).isEqualTo(accepted);
  }

  @Test
  void dropsWhatComesByASubscriptionThatIsNotOurs() {
    IdpWebhookCaller graph = WebhookGateway.sender(gateway, "entra", SECRET);
    String body =
        """
        {"value":[{"clientState":"%s","subscriptionId":"s1","changeType":"updated","resource":"Users/a"}]}"""
            .formatted(SECRET);

    assertThat(graph.post(body).status()).isEqualTo(202);
    assertThat(graph.kept()).as("nobody knows of any subscription").hasSize(1);
    graph.subscriptions("[]");
    String other = body.replace("Users/a", "Users/b");
    assertThat(graph.post(other).status()).isEqualTo(202);

    assertThat(graph.kept()).extracting(it -> it.about().id()).containsExactly("a");
    gateway.sql(
        "update idp_state set value = '[{\"id\":\"s1\"}]' where connection_id = ?",
        graph.connection());
    assertThat(graph.post(other).status()).isEqualTo(202);

    assertThat(graph.kept())
        .as("the subscription was made a moment ago")
        .extracting(it -> it.about().id())
        .containsExactly("a", "b");
  }

  @Test
  void findsNothingElsewhere() {
    String id = okta.made().path("id").asText();

    for (String path :
        new String[] {
          "/webhooks",
          "/webhooks/okta",
          "/webhooks/okta/acme",
          "/webhooks/okta/" + UUID.randomUUID(),
          "/webhooks/onelogin/" + id,
          "/webhooks/nobody/" + id,
          "/webhooks/standard/" + WebhookGateway.sender(gateway, "standard", SECRET).connection()
        }) {
      Answer answer = gateway.call("POST", path, SECRET, CREATED);

      assertThat(answer.status()).as(path).isEqualTo(404);
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }
  }

  @Test
  void servesNoOtherMethod() {
    assertThat(okta.call("PUT", "", new byte[0], "Authorization", SECRET).status()).isEqualTo(405);
    assertThat(okta.call("DELETE", "", null, "Authorization", SECRET).status()).isEqualTo(405);
    Answer get = okta.call("GET", "", null, "Authorization", SECRET);
    assertThat(get.status()).isEqualTo(405);
    assertThat(get.header("Allow")).isEqualTo("POST");
    assertThat(okta.call("OPTIONS", "", null).status()).isEqualTo(401);
  }

  @Test
  void reflectsATokenAsTextOnly() {
    IdpWebhookCaller graph = WebhookGateway.sender(gateway, "entra");

    Answer answer =
        graph.post(
            "?tenant=a&validationToken=%3Cscript%3Ealert(1)%3C%2Fscript%3E+%2B",
            "{not json".getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("text/plain");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.http().body()).isEqualTo("<script>alert(1)</script> +");
    assertThat(
            RawCall.send(
                    gateway,
                    "POST /webhooks/entra/%s?validationToken=%%zz HTTP/1.1\r\nHost: x\r\n"
                        .formatted(graph.connection()))
                .status())
        .isEqualTo(400);
  }

  @Test
  void letsNoHeaderOfACallThroughToTheAnswer() {
    Answer answer = okta.post(CREATED, "Authorization", SECRET, "X-Leak", "leaked");

    assertThat(answer.http().headers().map().keySet())
        .noneMatch(it -> it.toLowerCase(java.util.Locale.ROOT).startsWith("x-leak"));
    assertThat(answer.header("Authorization")).isEmpty();
  }
}
