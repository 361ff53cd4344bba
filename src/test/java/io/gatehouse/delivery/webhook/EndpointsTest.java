package io.gatehouse.delivery.webhook;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.Receiver.Request;
import io.gatehouse.support.Subscriber;
import io.gatehouse.support.Webhook;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is posted to an endpoint; signatures are checked by the verifier of the Standard Webhooks
 * project.
 */
class EndpointsTest extends ReceiverScene {

  @Test
  void postsWhatAQueueOfTheSameProfileGets() throws Exception {
    Webhook hook = Webhook.create(gateway, wanted().put("ordered", true));
    try (Subscriber queue = Subscriber.of(gateway.subscription(idp.tenant(), "queue"))) {
      UUID ada = idp.create(user("ada@example.com")).id();
      idp.patch(ada, "{\"op\":\"replace\",\"path\":\"name.familyName\",\"value\":\"Kïng\"}");
      idp.createGroup("Engines", ada);

      List<ObjectNode> sent = queue.all();
      arrived(4);

      assertThat(receiver.events()).containsExactlyInAnyOrderElementsOf(sent);
      assertThat(receiver.requests())
          .allSatisfy(
              it -> {
                assertThat(it.path()).isEqualTo("/hooks");
                assertThat(it.header("Content-type")).isEqualTo("application/cloudevents+json");
                assertThat(it.header("Webhook-id")).isEqualTo(it.event().path("id").asText());
                verify(hook.secret(), it);
              });
    }
  }

  @Test
  void signsTheBodyAndTheIdAndTheTime() {
    Webhook hook = Webhook.create(gateway, wanted());
    idp.create(user("ada@example.com"));
    arrived(1);
    Request real = receiver.requests().get(0);

    assertThatThrownBy(
            () -> verify(hook.secret(), new Request("/", real.headers(), real.body() + " ")))
        .isInstanceOf(WebhookVerificationException.class);
    for (String header : List.of("Webhook-id", "Webhook-timestamp")) {
      var headers = new HashMap<>(real.headers());
      headers.put(header, List.of(header.equals("Webhook-id") ? "x" : later(real)));
      assertThatThrownBy(() -> verify(hook.secret(), new Request("/", headers, real.body())))
          .isInstanceOf(WebhookVerificationException.class);
    }
  }

  private static String later(Request request) {
    return Long.toString(Long.parseLong(request.header("Webhook-timestamp")) + 1);
  }

  @Test
  void signsWithBothSecretsWhileOneReplacesTheOther() throws Exception {
    Webhook hook = Webhook.create(gateway, wanted());
    String old = hook.view().at("/secrets/0/id").asText();
    assertThat(hook.call("DELETE", "/secret/" + old, null).status()).isEqualTo(409);
    String fresh = hook.call("POST", "/secret", null).json().path("secret").asText();
    assertThat(hook.call("POST", "/secret", null).status()).isEqualTo(409);

    idp.create(user("ada@example.com"));
    arrived(1);
    verify(hook.secret(), receiver.requests().get(0));
    verify(fresh, receiver.requests().get(0));
    assertThat(receiver.requests().get(0).header("Webhook-signature").split(" ")).hasSize(2);

    assertThat(hook.call("DELETE", "/secret/" + old, null).status()).isEqualTo(204);
    idp.create(user("grace@example.com"));
    arrived(2);
    verify(fresh, receiver.requests().get(1));
    assertThatThrownBy(() -> verify(hook.secret(), receiver.requests().get(1)))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void showsASecretOnceAndKeepsItSealed() {
    Webhook hook = Webhook.create(gateway, wanted());
    String text = hook.secret().substring("whsec_".length());

    assertThat(hook.secret()).matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(hook.view().toString()).doesNotContain(text, "sealed");
    assertThat(gateway.admin("GET", "/endpoints", null).json().toString()).doesNotContain(text);
    assertThat(
            gateway
                .bean(JdbcClient.class)
                .sql("select sealed from endpoint_secret")
                .query(String.class)
                .list())
        .isNotEmpty()
        .noneMatch(it -> it.contains(text));
  }

  @Test
  void postsNothingThatIsOutsideOfTheProfile() {
    Webhook.create(gateway, wanted());
    ObjectNode notices = Webhook.wanted(idp.tenant(), "notices", receiver.url() + "/notices");
    Webhook.create(gateway, notices.put("profile", "notice"));
    ObjectNode ada = user("ada@example.com").put("nickName", "not for training");
    ada.putObject(Schema.ENTERPRISE_USER).put("department", "Analysis").put("costCenter", "4711");
    idp.create(ada);
    arrived(2);

    assertThat(receiver.requests())
        .allSatisfy(it -> assertThat(it.body()).doesNotContain("not for training", "4711"))
        .filteredOn(it -> it.path().equals("/hooks/notices"))
        .hasSize(1)
        .allSatisfy(it -> assertThat(it.body()).doesNotContain("ada@", "Lovelace", "Analysis"));
  }

  @Test
  void postsNothingThatItIsNotFor() {
    idp.create(user("before@example.com"));
    await().until(() -> unpublished() == 0);
    ObjectNode wanted = wanted();
    wanted.putArray("types").add("gatehouse.user.deactivated.*");
    Webhook hook = Webhook.create(gateway, wanted);
    gateway.connection("standard").create(user("of another tenant"));
    idp.delete(idp.create(user("ada@example.com")).id());
    arrived(1);

    await().until(() -> hook.view().path("backlog").asInt() == 0);
    assertThat(receiver.types()).containsExactly("gatehouse.user.deactivated.v1");
  }

  private int unpublished() {
    return gateway
        .bean(JdbcClient.class)
        .sql("select count(*) from change where published_at is null")
        .query(Integer.class)
        .single();
  }

  @Test
  void removesAnEndpointWithAllThatItHad() {
    Webhook hook = Webhook.create(gateway, wanted());
    idp.create(user("ada@example.com"));
    await().until(() -> hook.attempts().size() == 1);

    assertThat(hook.call("DELETE", "", null).status()).isEqualTo(204);

    assertThat(hook.call("GET", "", null).status()).isEqualTo(404);
    Webhook again = Webhook.create(gateway, wanted());
    assertThat(again.attempts()).isEmpty();
    assertThat(gateway.admin("GET", "/audit?tenant=" + idp.tenant(), null).json().toString())
        .contains("endpoint.create", "endpoint.remove");
  }

  private ObjectNode wanted() {
    return Webhook.wanted(idp.tenant(), "training", receiver.url());
  }

  private void arrived(int count) {
    await().untilAsserted(() -> assertThat(receiver.requests()).hasSize(count));
  }

  private static void verify(String secret, Request request) throws WebhookVerificationException {
    new com.standardwebhooks.Webhook(secret).verify(request.body(), lowerCase(request));
  }

  private static Map<String, List<String>> lowerCase(Request request) {
    Map<String, List<String>> headers = new HashMap<>();
    request.headers().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    return headers;
  }
}
