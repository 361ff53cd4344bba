package io.gatehouse;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.Health;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.SharedStores;
import io.gatehouse.support.Subscriber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;

/** Two gateways on one database and one broker, which the second knows by their addresses only. */
class TwoGatewaysTest {

  private final Gateway first = Gateway.shared();

  @Test
  void wakeEachOthersRequestsAndAnnounceEachChangeOnce() throws Exception {
    ScimClient here = first.connection("standard");
    var subscription = first.subscription(here.tenant(), "training");
    try (Gateway second = second()) {
      ScimClient there = new ScimClient(second, here.tenant(), here.connection(), here.token());
      var routes = first.bean(CamelContext.class).getRouteController();
      routes.stopRoute("command-apply");
      try {
        Instant start = Instant.now();
        assertThat(here.create(user("ada@example.com")).status()).isEqualTo(201);
        // without a wake-up, the stored outcome is looked for after twelve seconds
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(11));
        new Health(first).staysReady();
      } finally {
        routes.startRoute("command-apply");
      }
      assertThat(createThirty(here, there)).containsOnly(201);
    }
    try (Subscriber training = Subscriber.of(subscription)) {
      assertThat(training.all())
          .extracting(it -> it.path("subject").asText())
          .hasSize(31)
          .doesNotHaveDuplicates();
    }
  }

  private static List<Integer> createThirty(ScimClient here, ScimClient there) throws Exception {
    List<Callable<Integer>> creates = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      ScimClient idp = i % 2 == 0 ? here : there;
      String name = "user" + i + "@example.com";
      creates.add(() -> idp.create(user(name)).status());
    }
    var threads = Executors.newFixedThreadPool(6);
    List<Integer> statuses = new ArrayList<>();
    for (var answer : threads.invokeAll(creates)) {
      statuses.add(answer.get());
    }
    threads.shutdown();
    return statuses;
  }

  private Gateway second() {
    return SharedStores.start(first, Gateway.temporaryFolder());
  }
}
