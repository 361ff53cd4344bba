package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.TraceParent;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The trace of a call goes with its command, through the queue and the log, to the event. */
class TraceParentTest {

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final String MALFORMED = "00-4bf92f3577b34da6a3ce929d0e0e4736-x-01";

  @Test
  void isThatOfTheEventOfTheCallAndOfNoOther() throws Exception {
    Gateway gateway = Gateway.shared();
    ScimClient idp = gateway.connection("okta");
    Answer subscription = gateway.subscription(idp.tenant(), "training");
    try (Subscriber subscriber = Subscriber.of(subscription)) {
      UUID id = idp.create(ScimClient.user("trace@example.com")).id();
      assertThat(subscriber.next().has("traceparent")).as("without a header").isFalse();

      assertThat(patch(idp, id, TRACE, "one").status()).isEqualTo(200);
      ObjectNode event = subscriber.next();
      assertThat(event.path("traceparent").asText()).isEqualTo(TRACE);
      assertThat(event.at("/data/origin").has("traceparent")).isFalse();

      assertThat(patch(idp, id, MALFORMED, "two").status()).isEqualTo(200);
      assertThat(subscriber.next().has("traceparent")).as("malformed").isFalse();
    }
  }

  private static Answer patch(ScimClient idp, UUID id, String trace, String title) {
    return idp.with(
        "traceparent",
        trace,
        "PATCH",
        id,
        ScimClient.patch("{\"op\":\"replace\",\"path\":\"title\",\"value\":\"" + title + "\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        MALFORMED,
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        TRACE + "\n",
        TRACE + "-more"
      })
  void isLeftOutUnlessItHasTheForm(String header) {
    assertThat(TraceParent.valid(header)).isNull();
    assertThat(TraceParent.valid(TRACE)).isEqualTo(TRACE);
  }
}
