package io.gatehouse.delivery.webhook;

import static io.gatehouse.support.Receiver.status;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpHandler;
import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.store.UnitOfWork;
import io.gatehouse.support.MovableClock;
import io.gatehouse.support.Receiver;
import io.gatehouse.support.Webhook;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;

/** Receivers that mean no good, or are no good. */
class EndpointReceiversTest extends ReceiverScene {

  @Test
  void followsNoRedirect() {
    try (Receiver other = Receiver.start()) {
      receiver.answers(status(307, "Location", other.url()));
      Webhook hook = hook("training", receiver);
      idp.create(user("ada@example.com"));
      await().until(() -> hook.attempts().size() == 1);

      JsonNode attempt = hook.attempts().get(0);
      assertThat(attempt.path("status").asInt()).isEqualTo(307);
      assertThat(attempt.path("problem").asText()).contains("redirects are not followed");
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void readsNoMoreThanTheBeginningOfAnEndlessAnswer() throws InterruptedException {
    CountDownLatch hungUp = new CountDownLatch(1);
    receiver.answers(endless(hungUp));
    Webhook hook = hook("training", receiver);
    idp.create(user("ada@example.com"));
    hungUp.await();

    await().until(() -> hook.attempts().size() == 1);
    assertThat(hook.attempts().get(0).path("status").asInt()).isEqualTo(200);
    assertThat(hook.attempts().get(0).path("milliseconds").asInt()).isLessThan(10_000);
  }

  private static HttpHandler endless(CountDownLatch hungUp) {
    return http -> {
      http.sendResponseHeaders(200, 0);
      try {
        while (true) {
          http.getResponseBody().write(new byte[8192]);
        }
      } catch (IOException e) {
        hungUp.countDown();
      }
    };
  }

  @Test
  void doesNotLetOneThatHangsStopAnother() {
    CountDownLatch released = new CountDownLatch(1);
    try (Receiver hanging = Receiver.start()) {
      hanging.answers(
          http -> {
            await().forever().until(() -> released.getCount() == 0);
            status(204).handle(http);
          });
      hook("hanging", hanging);
      hook("sound", receiver);
      IntStream.range(0, 20).forEach(it -> idp.create(user("user" + it)));

      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(receiver.requests()).hasSize(20));
      assertThat(hanging.requests()).hasSizeBetween(1, 3);
      released.countDown();
    }
  }

  @Test
  void asksOneThatStrugglesAboutItsOldestEventFirst() {
    receiver.answers(status(500));
    Webhook hook = hook("training", receiver);
    IntStream.range(0, 12).forEach(it -> idp.create(user("user" + it)));
    await().until(() -> hook.attempts().size() == 12);

    MovableClock.pass(Duration.ofSeconds(6));
    await().until(() -> hook.attempts().size() == 24);

    assertThat(receiver.events().subList(12, 24))
        .extracting(it -> it.path("sequence").asText())
        .isSorted();
  }

  @Test
  void runsTheErrandsOfAGatewayThatDied() throws Exception {
    Webhook hook = hook("training", receiver);
    var routes = gateway.bean(CamelContext.class).getRouteController();
    routes.stopRoute("delivery-endpoints");
    try {
      idp.create(user("ada@example.com"));
      PendingDeliveries deliveries = gateway.bean(PendingDeliveries.class);
      await()
          .until(
              () -> {
                gateway
                    .bean(UnitOfWork.class)
                    .inTransaction(
                        () -> {
                          deliveries
                              .nextPage()
                              .ifPresent(
                                  it ->
                                      deliveries.plan(
                                          it, plan(it.endpoint(), it.changes()), Instant.now()));
                          return true;
                        });
                return hook.errands().size() == 1;
              });
      assertThat(deliveries.take(new PendingDeliveries.Load(false, 10, 10), Instant.now()))
          .hasSize(1);
      assertThat(deliveries.take(new PendingDeliveries.Load(false, 10, 10), Instant.now()))
          .isEmpty();
    } finally {
      routes.startRoute("delivery-endpoints");
    }
    gateway.sql("update errand set leased_until = now() - interval '1 s'");

    await().until(() -> receiver.requests().size() == 1);
  }

  private static List<PendingDeliveries.Planned> plan(Endpoint endpoint, List<Announcement> page) {
    return page.stream()
        .map(it -> new PendingDeliveries.Planned(it.sequence(), 0, it.eventId()))
        .toList();
  }

  private Webhook hook(String name, Receiver to) {
    return Webhook.create(gateway, Webhook.wanted(idp.tenant(), name, to.url()));
  }
}
