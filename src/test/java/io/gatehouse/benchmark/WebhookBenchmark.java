package io.gatehouse.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.IdpWebhookCaller;
import io.gatehouse.support.WebhookGateway;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long a sender waits for the answer to a webhook, from the moment at which it was due. */
class WebhookBenchmark {

  private static final int PER_SECOND = Integer.getInteger("rate", 50);
  private static final int SECONDS = Integer.getInteger("seconds", 60);
  private static final String SECRET = "okta-hook-7Qm2v9Zs";

  @Test
  void acceptLatency() throws Exception {
    try (Gateway gateway = Gateway.start(Gateway.temporaryFolder())) {
      IdpWebhookCaller okta = WebhookGateway.sender(gateway, "okta", SECRET);
      run(okta, SECONDS / 4);

      double[] millis = run(okta, SECONDS);

      System.out.printf(
          "BENCHMARK webhooks at %d/s for %d s: p50 %.1f ms, p99 %.1f ms, slowest %.1f ms%n",
          PER_SECOND,
          SECONDS,
          millis[millis.length / 2],
          millis[millis.length * 99 / 100],
          millis[millis.length - 1]);
    }
  }

  private static double[] run(IdpWebhookCaller okta, int seconds) throws Exception {
    ScheduledExecutorService clients = Executors.newScheduledThreadPool(20);
    List<Future<Double>> calls = new ArrayList<>();
    long begin = System.nanoTime();
    for (int n = 0; n < seconds * PER_SECOND; n++) {
      long due = begin + n * TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
      Callable<Double> call = () -> millisOf(okta, due);
      calls.add(clients.schedule(call, due - System.nanoTime(), TimeUnit.NANOSECONDS));
    }
    double[] millis = new double[calls.size()];
    for (int n = 0; n < millis.length; n++) {
      millis[n] = calls.get(n).get();
    }
    clients.shutdown();
    Arrays.sort(millis);
    return millis;
  }

  private static double millisOf(IdpWebhookCaller okta, long due) {
    String body =
        """
        {"data":{"events":[{"uuid":"%s","eventType":"user.session.update",
         "outcome":{"result":"SUCCESS"}},{"uuid":"%s","eventType":"user.lifecycle.create",
         "published":"2026-11-03T09:14:00Z","outcome":{"result":"SUCCESS"},
         "target":[{"type":"User","id":"00u1","alternateId":"ada@example.com"}]}]}}"""
            .formatted(UUID.randomUUID(), UUID.randomUUID());
    assertThat(okta.post(body, "Authorization", SECRET).status()).isEqualTo(204);
    return (System.nanoTime() - due) / 1e6;
  }
}
