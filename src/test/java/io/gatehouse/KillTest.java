package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.GatewayProcess;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A killed gateway loses nothing that it has accepted, and announces it once. */
class KillTest {

  private static final int ROUNDS = Integer.getInteger("kills", 1);
  private static final int CREATES = 500;

  @Test
  void keepsEveryCreateThatWasAnsweredWhenItIsKilledAmongFiveHundred() throws Exception {
    Map<String, String> answered = new ConcurrentHashMap<>();
    GatewayProcess gateway = GatewayProcess.start(Gateway.temporaryFolder());
    try {
      ScimClient idp = gateway.client().connection("standard");
      Gateway.Answer subscription = gateway.client().subscription(idp.tenant(), "training");
      for (int round = 0; round < ROUNDS; round++) {
        createUntilKilled(gateway, idp, round, answered);
        gateway = gateway.restart();
        idp = new ScimClient(gateway.client(), idp.tenant(), idp.connection(), idp.token());
      }
      assertEachExistsOnce(idp, answered);
      assertEachIsAnnouncedOnce(Subscriber.of(subscription), answered);
    } finally {
      gateway.stop();
    }
  }

  private static void createUntilKilled(
      GatewayProcess gateway, ScimClient idp, int round, Map<String, String> answered)
      throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(16);
    AtomicInteger count = new AtomicInteger();
    for (int i = 0; i < CREATES; i++) {
      String name = "user" + round + "-" + i + "@example.com";
      clients.execute(
          () -> {
            try {
              var answer = idp.create(ScimClient.user(name));
              if (answer.status() == 201) {
                answered.put(answer.id().toString(), name);
                count.incrementAndGet();
              }
            } catch (RuntimeException e) {
              // the gateway is dead, which is the point
            }
            if (count.get() > CREATES / 3) {
              gateway.kill();
            }
          });
    }
    clients.shutdown();
    assertThat(clients.awaitTermination(120, TimeUnit.SECONDS)).isTrue();
    gateway.kill();
  }

  private static void assertEachExistsOnce(ScimClient idp, Map<String, String> answered) {
    Map<String, String> stored = new HashMap<>();
    List<String> names = new ArrayList<>();
    int total;
    do {
      var page = idp.call("GET", "/Users?count=200&startIndex=" + (names.size() + 1), null).json();
      total = page.path("totalResults").asInt();
      page.path("Resources")
          .forEach(
              it -> {
                stored.put(it.path("id").asText(), it.path("userName").asText());
                names.add(it.path("userName").asText());
              });
    } while (names.size() < total);
    assertThat(stored).containsAllEntriesOf(answered);
    assertThat(names).doesNotHaveDuplicates();
  }

  private static void assertEachIsAnnouncedOnce(Subscriber training, Map<String, String> answered)
      throws Exception {
    try (training) {
      List<String> created = new ArrayList<>();
      training.all().stream()
          .filter(it -> it.path("type").asText().equals("gatehouse.user.created.v1"))
          .forEach(it -> created.add(it.at("/data/id").asText()));
      assertThat(created).doesNotHaveDuplicates().containsAll(answered.keySet());
    }
  }
}
