package io.gatehouse.benchmark;

import static io.gatehouse.support.ScimClient.user;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.IdpWebhookCaller;
import io.gatehouse.support.Listener;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.WebhookGateway;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * How long it takes from the moment at which Okta has a webhook to send about a leaver, until a
 * subscriber hears of it.
 */
class LeaverBenchmark {

  private static final int PER_SECOND = Integer.getInteger("rate", 50);
  private static final int LEAVERS = Integer.getInteger("leavers", 2_000);
  private static final String SECRET = "okta-hook-7Qm2v9Zs";

  private final Map<String, Long> due = new ConcurrentHashMap<>();

  @Test
  void fromTheWebhookToTheQueue() throws Exception {
    try (Gateway gateway = Gateway.start(Gateway.temporaryFolder())) {
      for (String round : new String[] {"warm-up", "round 1", "round 2", "round 3"}) {
        System.out.printf(
            "BENCHMARK leavers at %d/s, %s: webhook due to event %s%n",
            PER_SECOND, round, run(gateway));
      }
    }
  }

  private Latencies run(Gateway gateway) throws Exception {
    IdpWebhookCaller okta = WebhookGateway.sender(gateway, "okta", SECRET);
    gateway.admin(
        "PATCH",
        "/connections/" + okta.connection(),
        Json.stored("{\"settings\":{\"brake\":\"off\"}}"));
    ScimClient scim = okta.scim();
    for (int n = 0; n < LEAVERS; n++) {
      scim.create(user("u" + n + "@example.com").put("externalId", "00u" + n));
    }
    Latencies latencies = new Latencies();
    CountDownLatch heard = new CountDownLatch(LEAVERS);
    JsonNode subscription = gateway.subscription(scim.tenant(), "training").json();
    try (Listener ignored =
        Listener.of(
            subscription,
            event -> {
              if (event.path("type").asText().equals("gatehouse.user.deactivated.v1")) {
                String id = event.at("/data/resource/externalId").asText();
                latencies.add(System.nanoTime() - due.get(id));
                heard.countDown();
              }
            })) {
      tell(okta);
      heard.await();
    }
    return latencies;
  }

  private void tell(IdpWebhookCaller okta) {
    ScheduledExecutorService clients = Executors.newScheduledThreadPool(20);
    long begin = System.nanoTime();
    for (int n = 0; n < LEAVERS; n++) {
      String id = "00u" + n;
      long moment = begin + n * TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
      due.put(id, moment);
      clients.schedule(
          () -> okta.post(event(id), "Authorization", SECRET),
          moment - System.nanoTime(),
          TimeUnit.NANOSECONDS);
    }
    clients.shutdown();
  }

  private static String event(String id) {
    return """
        {"data":{"events":[{"uuid":"%s","eventType":"user.lifecycle.deactivate","published":"%s",
         "outcome":{"result":"SUCCESS"},"target":[{"type":"User","id":"%s"}]}]}}"""
        .formatted(UUID.randomUUID(), Instant.now(), id);
  }
}
