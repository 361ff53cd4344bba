package io.gatehouse.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** An IdP creates users by sixteen connections at once, until there is no answer. */
final class Creates {

  private static final int CLIENTS = 16;
  private static final int UNDER_WAY = 64;

  /** Between two creates of a client; there are always some that are not answered yet. */
  private static final Duration PACE = Duration.ofMillis(100);

  private final Map<String, String> answered = new ConcurrentHashMap<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicInteger users = new AtomicInteger();
  private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
  private final ScimClient idp;
  private final Gateway.Answer subscription;

  private Creates(ScimClient idp, Gateway.Answer subscription) {
    this.idp = idp;
    this.subscription = subscription;
  }

  static Creates begin(Gateway gateway) {
    ScimClient idp = gateway.connection("standard");
    Creates creates = new Creates(idp, gateway.subscription(idp.tenant(), "training"));
    for (int i = 0; i < CLIENTS; i++) {
      creates.clients.execute(creates::create);
    }
    return creates;
  }

  private void create() {
    while (!ended.get()) {
      String name = "user" + users.incrementAndGet() + "@example.com";
      try {
        Gateway.Answer answer = idp.create(ScimClient.user(name));
        if (answer.status() == 201) {
          answered.put(answer.id().toString(), name);
        }
        LockSupport.parkNanos(PACE.toNanos());
      } catch (RuntimeException e) {
        return; // the gateway is dead, which is the point
      }
    }
  }

  boolean areUnderWay() {
    return answered.size() > UNDER_WAY;
  }

  void end() throws InterruptedException {
    ended.set(true);
    clients.shutdown();
    assertThat(clients.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
  }

  void check(Gateway gateway) throws Exception {
    assertEachExistsOnce(new ScimClient(gateway, idp.tenant(), idp.connection(), idp.token()));
    assertEachIsAnnouncedOnce();
  }

  private void assertEachExistsOnce(ScimClient again) {
    Map<String, String> stored = new HashMap<>();
    List<String> names = new ArrayList<>();
    int total;
    do {
      var page =
          again.call("GET", "/Users?count=200&startIndex=" + (names.size() + 1), null).json();
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

  private void assertEachIsAnnouncedOnce() throws Exception {
    try (Subscriber training = Subscriber.of(subscription)) {
      List<String> created = new ArrayList<>();
      training.all().stream()
          .filter(it -> it.path("type").asText().equals("gatehouse.user.created.v1"))
          .forEach(it -> created.add(it.at("/data/id").asText()));
      assertThat(created).doesNotHaveDuplicates().containsAll(answered.keySet());
    }
  }
}
