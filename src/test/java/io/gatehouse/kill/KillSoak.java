package io.gatehouse.kill;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.GatewayProcess;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code ./mvnw test -Psoak -Dtest=KillSoak -Dkills=10}: sixteen IdPs write while the gateway is
 * killed, alone or together with PostgreSQL. Each user's titles count up, so that a lost, doubled
 * or inverted change is seen in the store and in the events.
 */
class KillSoak {

  private static final int KILLS = Integer.getInteger("kills", 10);
  private static final int WRITERS = 16;
  private static final int CHANGES = 6;
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final AtomicBoolean done = new AtomicBoolean();
  private volatile GatewayProcess gateway;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void losesDoublesAndInvertsNothing(boolean withDatabase) throws Exception {
    gateway = GatewayProcess.start(Gateway.temporaryFolder());
    try {
      ScimClient idp = gateway.client().connection("standard");
      Gateway.Answer subscription = gateway.client().subscription(idp.tenant(), "training");
      List<Writer> writers = IntStream.range(0, WRITERS).mapToObj(i -> new Writer(idp, i)).toList();
      var threads = Executors.newFixedThreadPool(WRITERS);
      writers.forEach(threads::execute);
      Duration longest = Duration.ZERO;
      for (int kill = 0; kill < KILLS; kill++) {
        pass(ThreadLocalRandom.current().nextLong(1_000, 4_000));
        long start = System.nanoTime();
        killed(withDatabase);
        Duration down = Duration.ofNanos(System.nanoTime() - start);
        longest = longest.compareTo(down) > 0 ? longest : down;
      }
      done.set(true);
      threads.shutdown();
      assertThat(threads.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
      List<Written> written = writers.stream().flatMap(it -> it.written.stream()).toList();
      int acknowledged = written.stream().mapToInt(it -> it.acknowledged).sum();
      System.out.printf(
          "KILLS %d, with PostgreSQL %s: %d users, %d changes acknowledged, longest restart %d ms%n",
          KILLS, withDatabase, written.size(), acknowledged, longest.toMillis());
      ScimClient now = at(idp);
      written.forEach(it -> assertStored(now, it));
      assertAnnounced(Subscriber.of(subscription), written);
    } finally {
      done.set(true);
      gateway.stop();
    }
  }

  private void killed(boolean withDatabase) throws Exception {
    gateway.kill();
    if (withDatabase) {
      gateway.killDatabase();
    }
    gateway = gateway.restart();
  }

  private static void pass(long millis) throws InterruptedException {
    new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
  }

  private boolean answers() {
    try {
      return gateway.client().call("GET", "/actuator/health/liveness", null, null).status() == 200;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private ScimClient at(ScimClient idp) {
    return new ScimClient(gateway.client(), idp.tenant(), idp.connection(), idp.token());
  }

  private static void assertStored(ScimClient idp, Written it) {
    JsonNode found = idp.find("userName eq \"" + it.name + "\"").json();
    if (it.id == null) {
      assertThat(found.path("totalResults").asInt()).as(it.name).isLessThanOrEqualTo(1);
      return;
    }
    assertThat(found.path("totalResults").asInt()).as(it.name).isEqualTo(1);
    JsonNode resource = found.path("Resources").path(0);
    assertThat(resource.path("id").asText()).isEqualTo(it.id.toString());
    assertThat(resource.path("title").asInt()).as(it.name).isBetween(it.acknowledged - 1, it.sent);
  }

  /** Each title of a user once and in order, none missing up to what is stored. */
  private static void assertAnnounced(Subscriber training, List<Written> written) throws Exception {
    Map<String, List<Integer>> titles;
    try (training) {
      List<ObjectNode> events = training.all();
      assertThat(new HashSet<>(events.stream().map(it -> it.path("id").asText()).toList()))
          .hasSameSizeAs(events);
      titles =
          events.stream()
              .filter(it -> it.at("/data/resource/userName").isTextual())
              .collect(
                  Collectors.groupingBy(
                      it -> it.at("/data/id").asText(),
                      Collectors.mapping(
                          it -> it.at("/data/resource/title").asInt(), Collectors.toList())));
    }
    for (Written it : written.stream().filter(user -> user.id != null).toList()) {
      List<Integer> announced = titles.getOrDefault(it.id.toString(), List.of());
      assertThat(announced)
          .as(it.name)
          .isEqualTo(IntStream.range(0, announced.size()).boxed().toList())
          .hasSizeBetween(it.acknowledged, it.sent + 1);
    }
  }

  /** What was sent about one user, and how much of it was acknowledged. */
  private static final class Written {
    private final String name;
    private UUID id;
    private int sent;
    private int acknowledged;

    private Written(String name) {
      this.name = name;
    }
  }

  /** Creates a user, changes its title some times, and goes on with the next. */
  private final class Writer implements Runnable {
    private final ScimClient idp;
    private final int number;
    private final List<Written> written = new ArrayList<>();

    private Writer(ScimClient idp, int number) {
      this.idp = idp;
      this.number = number;
    }

    @Override
    public void run() {
      while (!done.get()) {
        Written next = new Written("user" + number + "-" + written.size() + "@example.com");
        written.add(next);
        write(next);
      }
    }

    private void write(Written next) {
      try {
        Gateway.Answer created = at(idp).create(user(next.name).put("title", "0"));
        if (created.status() != 201) {
          return;
        }
        next.id = created.id();
        next.acknowledged = 1;
        for (int title = 1; title <= CHANGES; title++) {
          next.sent = title;
          String change = "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"%d\"}";
          if (at(idp).patch(next.id, change.formatted(title)).status() != 200) {
            return; // unknown whether it was applied, so the user is left alone
          }
          next.acknowledged = title + 1;
        }
      } catch (RuntimeException e) {
        await().atMost(TIMEOUT).until(() -> done.get() || answers()); // it is dead, as it should be
      }
    }
  }
}
