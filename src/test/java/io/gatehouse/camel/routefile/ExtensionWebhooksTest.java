package io.gatehouse.camel.routefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.inbox.Signal;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.IdpWebhookCaller;
import io.gatehouse.support.Signing;
import io.gatehouse.support.WebhookFixture;
import io.gatehouse.support.WebhookGateway;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Senders that the jar knows nothing of, each described by a file in a folder and by nothing else.
 */
class ExtensionWebhooksTest {

  private static final Path FIXTURES = Path.of("src/test/resources/fixtures/webhooks/generic");

  /** The example of the Standard Webhooks libraries. */
  private static final String STANDARD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final String BAMBOO = "bamboo-secret";

  @AutoClose private static final Gateway gateway = WebhookGateway.start();

  @BeforeEach
  void setTime() {
    WebhookGateway.at(WebhookGateway.TIME);
  }

  @Test
  void takesASignatureOverTheBody() {
    IdpWebhookCaller hibob = WebhookGateway.sender(gateway, "hibob", "hibob-test-secret");

    fixture("02-hibob-hmac-sha512-base64").run(hibob);
    fixture("02-hibob-hmac-sha512-base64").run(hibob);

    assertThat(hibob.kept())
        .as("the same message again is the same event")
        .singleElement()
        .satisfies(it -> assertThat(it.kind()).isEqualTo(Kind.USER_CHANGED))
        .satisfies(it -> assertThat(it.about().id()).isEqualTo("3332883884017713938"))
        .satisfies(it -> assertThat(it.source().occurredAt()).isEqualTo("2026-11-03T09:15:00Z"));
  }

  @Test
  void answersAPingBeforeAnythingIsSetUp() {
    IdpWebhookCaller hibob = WebhookGateway.sender(gateway, "hibob");

    for (String ping : new String[] {"Ping test", "\"Ping test\"", "{\"text\":\"Ping test\"}"}) {
      Answer answer = hibob.post(ping, "Content-Type", "application/json");

      assertThat(answer.status()).as(ping).isEqualTo(200);
    }
    assertThat(hibob.post("{\"text\":\"Ping\"}").status()).isEqualTo(401);
    assertThat(hibob.kept()).isEmpty();
  }

  @Test
  void takesTimeAndSignatureFromOneHeader() {
    IdpWebhookCaller polis = WebhookGateway.sender(gateway, "polis", "polis-test-secret");

    fixture("03-ory-polis-t-s-hex").run(polis);

    Signal signal = polis.kept().get(0);
    assertThat(signal.kind()).isEqualTo(Kind.USER_CHANGED);
    assertThat(signal.about().login()).isEqualTo("avery.quinn@example.com");
    assertThat(signal.resource().path("name").path("familyName").asText()).isEqualTo("Quinn");
  }

  @Test
  void takesAnArrayOfEventsInTheirOrder() {
    IdpWebhookCaller polis = WebhookGateway.sender(gateway, "polis", "polis-test-secret");
    String body =
        """
        [{"event":"user.created","data":{"id":"u-1"}},
         {"event":"group.created","data":{"id":"g-1"}},
         {"event":"user.deleted","data":{"id":"u-1"}}]""";

    assertThat(polis.post(body, polisHeaders(WebhookGateway.TIME, body)).status()).isEqualTo(200);

    assertThat(polis.kept())
        .extracting(Signal::kind)
        .containsExactly(Kind.USER_CHANGED, Kind.USER_DELETED);
    assertThat(polis.kept()).extracting(it -> it.source().eventId()).doesNotHaveDuplicates();
  }

  @Test
  void refusesASignatureOutsideOfTheTolerance() {
    IdpWebhookCaller polis = WebhookGateway.sender(gateway, "polis", "polis-test-secret");
    String body = "{\"event\":\"user.created\",\"data\":{\"id\":\"u-1\"}}";

    for (long skew : new long[] {-301, 301, -86_400}) {
      Instant then = WebhookGateway.TIME.plusSeconds(skew);
      assertThat(polis.post(body, polisHeaders(then, body)).status()).as("" + skew).isEqualTo(401);
    }
    assertThat(polis.kept()).isEmpty();
    for (long skew : new long[] {-300, 300}) {
      Instant then = WebhookGateway.TIME.plusSeconds(skew);
      assertThat(polis.post(body, polisHeaders(then, body)).status()).as("" + skew).isEqualTo(200);
    }
  }

  @Test
  void refusesAReplayLaterAndKeepsOneSoonOnce() {
    IdpWebhookCaller polis = WebhookGateway.sender(gateway, "polis", "polis-test-secret");
    String body = "{\"event\":\"user.created\",\"data\":{\"id\":\"u-1\"}}";
    String[] headers = polisHeaders(WebhookGateway.TIME, body);

    assertThat(polis.post(body, headers).status()).isEqualTo(200);
    WebhookGateway.at(WebhookGateway.TIME.plusSeconds(299));
    assertThat(polis.post(body, headers).status()).isEqualTo(200);
    WebhookGateway.at(WebhookGateway.TIME.plusSeconds(301));
    assertThat(polis.post(body, headers).status()).isEqualTo(401);

    assertThat(polis.kept()).hasSize(1);
  }

  private static String[] polisHeaders(Instant time, String body) {
    String signature =
        Signing.hex("HmacSHA256", "polis-test-secret", time.toEpochMilli() + "." + body);
    return new String[] {"Ory-Polis-Signature", "t=" + time.toEpochMilli() + ",s=" + signature};
  }

  @Test
  void takesASecurityEventToken() {
    IdpWebhookCaller ssf = ssf();

    fixture("04-set-push-rfc8935-scim-event").run(ssf);
    fixture("04-set-push-rfc8935-scim-event").run(ssf);

    assertThat(ssf.kept())
        .singleElement()
        .satisfies(it -> assertThat(it.kind()).isEqualTo(Kind.USER_CHANGED))
        .satisfies(it -> assertThat(it.about().id()).isEqualTo("44f6142df96bd6ab61e7521d9"))
        .satisfies(
            it -> assertThat(it.source().eventId()).isEqualTo("4d3559ec67504aaba65d40b0363faad8"));
  }

  @Test
  void refusesTokensInTheirOwnForm() {
    IdpWebhookCaller ssf = ssf();
    String good =
        fixture("04-set-push-rfc8935-scim-event").json().path("request").path("body").asText();
    String stranger =
        good.substring(0, good.lastIndexOf('.') + 2)
            + "x"
            + good.substring(good.lastIndexOf('.') + 3);

    requireError(ssf.post(good, "Authorization", "Bearer wrong"), "authentication_failed");
    requireError(ssf.post("no token", "Authorization", "Bearer stream-token"), "invalid_request");
    requireError(ssf.post(stranger, "Authorization", "Bearer stream-token"), "invalid_key");
    assertThat(ssf.kept()).isEmpty();
  }

  private IdpWebhookCaller ssf() {
    return WebhookGateway.sender(
        gateway, "ssf", "set-test-secret-0123456789abcdef!", "stream-token");
  }

  private static void requireError(Answer answer, String error) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.json().path("err").asText()).isEqualTo(error);
    assertThat(answer.json().path("description").asText()).isNotBlank();
  }

  @Test
  void acknowledgesAChannelThatOpensAndReadsHeaders() {
    IdpWebhookCaller google = WebhookGateway.sender(gateway, "google", "goog-channel-secret");

    fixture("05-google-directory-sync-message").run(google);
    assertThat(google.kept()).isEmpty();
    Answer answer =
        google.post(
            "{\"kind\":\"admin#directory#user\",\"id\":\"111\",\"primaryEmail\":\"a@example.com\"}",
            "X-Goog-Channel-ID",
            "c-1",
            "X-Goog-Channel-Token",
            "goog-channel-secret",
            "X-Goog-Resource-State",
            "delete",
            "X-Goog-Message-Number",
            "2");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(google.kept())
        .singleElement()
        .satisfies(it -> assertThat(it.kind()).isEqualTo(Kind.USER_DELETED))
        .satisfies(it -> assertThat(it.source().eventId()).isEqualTo("c-1:2"));
  }

  @Test
  void takesASignatureOfStandardWebhooks() {
    IdpWebhookCaller sender = WebhookGateway.sender(gateway, "standard-webhooks", STANDARD);
    WebhookGateway.at(Instant.ofEpochSecond(1614265330));

    Answer answer =
        sender.post(
            "{\"test\": 2432232314}",
            "webhook-id",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "webhook-timestamp",
            "1614265330",
            "webhook-signature",
            "v1a,bm9uZQ== v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void knowsAMessageOfStandardWebhooksByItsId() {
    IdpWebhookCaller sender = WebhookGateway.sender(gateway, "standard-webhooks", STANDARD);
    String body =
        "{\"type\":\"user.deleted\",\"timestamp\":\"2026-11-03T09:14:00Z\",\"data\":{\"id\":\"7\"}}";

    assertThat(sender.post(body, standardHeaders(0, body)).status()).isEqualTo(200);
    assertThat(sender.post(body, standardHeaders(60, body)).status()).isEqualTo(200);
    assertThat(sender.post(body, standardHeaders(-301, body)).status()).isEqualTo(401);

    assertThat(sender.kept()).extracting(it -> it.source().eventId()).containsExactly("msg_1");
  }

  private static String[] standardHeaders(long skew, String body) {
    String time = String.valueOf(WebhookGateway.TIME.getEpochSecond() + skew);
    byte[] key = Base64.getDecoder().decode(STANDARD.substring("whsec_".length()));
    String signature = Signing.base64("HmacSHA256", key, "msg_1." + time + "." + body);
    return new String[] {
      "webhook-id", "msg_1", "webhook-timestamp", time, "webhook-signature", "v1," + signature
    };
  }

  @Test
  void takesAFormWithTheTimeSignedBehindIt() {
    IdpWebhookCaller bamboo = WebhookGateway.sender(gateway, "bamboo", BAMBOO);
    String form = "type=employee.updated&employeeId=4%37";
    String json = "{\"type\":\"employee.updated\",\"data\":{\"employeeId\":\"48\"}}";

    assertThat(bamboo.post(form, bambooHeaders(form, "application/x-www-form-urlencoded")).status())
        .isEqualTo(200);
    assertThat(bamboo.post(json, bambooHeaders(json, "application/json")).status()).isEqualTo(200);
    assertThat(bamboo.post(json + " ", bambooHeaders(json, "application/json")).status())
        .isEqualTo(401);

    assertThat(bamboo.kept()).extracting(it -> it.about().id()).containsExactly("47", "48");
  }

  private static String[] bambooHeaders(String body, String type) {
    String time = String.valueOf(WebhookGateway.TIME.getEpochSecond());
    return new String[] {
      "Content-Type",
      type,
      "X-BambooHR-Timestamp",
      time,
      "X-BambooHR-Signature",
      Signing.hex("HmacSHA256", BAMBOO, body + time)
    };
  }

  @Test
  void refusesAMessageWholeWhenItsMappingCannotReadOneEvent() {
    IdpWebhookCaller bamboo = WebhookGateway.sender(gateway, "bamboo", BAMBOO);
    String body = "[{\"employeeId\":\"47\"},{\"employee\":\"48\"}]";

    Answer answer = bamboo.post(body, bambooHeaders(body, "application/json"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("detail").asText()).contains("mapping");
    assertThat(bamboo.kept()).isEmpty();
  }

  @Test
  void takesTheExampleOfTheReadme() {
    IdpWebhookCaller people = WebhookGateway.sender(gateway, "people", "people-secret");
    String time = String.valueOf(WebhookGateway.TIME.getEpochSecond());
    String body =
        "{\"changes\":[{\"number\":1,\"person\":7},{\"number\":2,\"person\":8,\"left\":true}]}";
    String signature = Signing.hex("HmacSHA256", "people-secret", time + "." + body);

    Answer answer =
        people.post(body, "X-People-Time", time, "X-People-Signature", "sha256=" + signature);

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    assertThat(people.kept())
        .extracting(Signal::kind)
        .containsExactly(Kind.USER_CHANGED, Kind.USER_DEACTIVATED);
  }

  @Test
  void servesNoScimWhereTheFileHasNone() {
    IdpWebhookCaller hibob = WebhookGateway.sender(gateway, "hibob");

    Answer answer =
        gateway.call("GET", "/scim/v2/Users", hibob.made().path("token").asText(), null);

    assertThat(answer.status()).isEqualTo(503);
  }

  private static WebhookFixture fixture(String name) {
    return WebhookFixture.of(FIXTURES.resolve(name + ".json"));
  }
}
