package io.gatehouse.delivery.webhook;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Receiver.Request;
import io.gatehouse.support.Webhook;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is known of events that were posted, and how they are posted again. */
class EndpointResendsTest extends ReceiverScene {

  @Test
  void recordsAttemptsPageByPage() {
    Webhook hook = Webhook.create(gateway, wanted().put("ordered", true));
    UUID ada = idp.create(user("ada@example.com")).id();
    idp.delete(ada);
    await().until(() -> hook.attempts().size() == 2);

    JsonNode first = hook.call("GET", "/attempts?count=1", null).json();
    JsonNode second =
        hook.call("GET", "/attempts?count=1&cursor=" + first.path("next").asText(), null).json();

    assertThat(List.of(first.at("/attempts/0/event"), second.at("/attempts/0/event")))
        .containsExactly(receiver.events().get(1).path("id"), receiver.events().get(0).path("id"));
    assertThat(first.at("/attempts/0/status").asInt()).isEqualTo(204);
    assertThat(first.at("/attempts/0/milliseconds").isIntegralNumber()).isTrue();
    assertThat(second.has("next")).isFalse();
    assertThat(hook.view().path("lastSuccess").asText())
        .isEqualTo(first.at("/attempts/0/at").asText());
  }

  @Test
  void sendsOneEventAgainUnderTheSameId() {
    Webhook hook = Webhook.create(gateway, wanted());
    idp.createGroup("Engines", idp.create(user("ada@example.com")).id());
    arrived(3);
    Request part =
        receiver.requests().stream()
            .filter(it -> it.type().equals("gatehouse.group.members.changed.v1"))
            .findAny()
            .orElseThrow();

    await().until(() -> hook.attempts().size() == 3); // recorded after the answer of the receiver
    assertThat(hook.resend(Json.object().put("event", part.header("Webhook-id")))).isEqualTo(202);

    arrived(4);
    assertThat(receiver.requests().get(3).body()).isEqualTo(part.body());
    assertThat(receiver.requests().get(3).header("Webhook-id"))
        .isEqualTo(part.header("Webhook-id"));
    assertThat(hook.resend(Json.object().put("event", UUID.randomUUID().toString())))
        .isEqualTo(404);
  }

  @Test
  void sendsEverythingAgainSinceASequenceOrATime() {
    UUID before = idp.create(user("before@example.com")).id();
    Webhook hook = Webhook.create(gateway, wanted().put("ordered", true));
    UUID ada = idp.create(user("ada@example.com")).id();
    idp.delete(ada);
    await().until(() -> receiver.types().contains("gatehouse.user.deactivated.v1"));
    int first = receiver.requests().size();
    ObjectNode last = receiver.events().get(first - 1);

    hook.resend(Json.object().put("since", last.path("sequence").asText()));
    arrived(first + 1);
    hook.resend(Json.object().put("since", last.path("time").asText()));
    arrived(first + 2);
    assertThat(receiver.events().subList(first, first + 2)).containsExactly(last, last);

    hook.resend(Json.object().put("since", 1));
    arrived(first + 5);
    assertThat(receiver.requests().subList(first + 2, first + 5))
        .extracting(Request::about)
        .containsExactlyInAnyOrder(before.toString(), ada.toString(), ada.toString());
  }

  private ObjectNode wanted() {
    return Webhook.wanted(idp.tenant(), "training", receiver.url());
  }

  private void arrived(int count) {
    await().untilAsserted(() -> assertThat(receiver.requests()).hasSize(count));
  }
}
