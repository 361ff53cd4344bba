package io.gatehouse.benchmark;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Receiver;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Webhook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many events a second are posted to endpoints that answer at once. */
class EndpointsBenchmark {

  private static final int EVENTS = Integer.getInteger("events", 3_000);

  @Test
  void postsToOneAndToThree() {
    try (Gateway gateway = Gateway.start(Gateway.temporaryFolder())) {
      ScimClient idp = gateway.connection("standard");
      IntStream.range(0, EVENTS)
          .parallel()
          .forEach(it -> idp.create(ScimClient.user("user" + it + "@example.com")));
      for (boolean ordered : new boolean[] {false, true}) {
        post(gateway, idp.tenant(), 1, ordered);
        post(gateway, idp.tenant(), 3, ordered);
      }
    }
  }

  private static void post(Gateway gateway, String tenant, int endpoints, boolean ordered) {
    List<Webhook> hooks = new ArrayList<>();
    try (Receiver receiver = Receiver.start()) {
      for (int i = 0; i < endpoints; i++) {
        ObjectNode wanted = Webhook.wanted(tenant, "hook" + i, receiver.url());
        hooks.add(Webhook.create(gateway, wanted.put("ordered", ordered)));
      }
      long start = System.nanoTime();
      hooks.forEach(it -> it.resend(Json.object().put("since", 1)));
      await()
          .atMost(Duration.ofMinutes(10))
          .until(() -> receiver.requests().size() >= EVENTS * endpoints);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "BENCHMARK webhooks to %d endpoints, %s: %,.0f events/s%n",
          endpoints, ordered ? "ordered" : "not ordered", EVENTS * endpoints / seconds);
    }
    hooks.forEach(it -> it.call("DELETE", "", null));
  }
}
