package io.gatehouse.kill;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sixteen IdPs write. Each user's titles count up, so that a lost, doubled or inverted change is
 * seen in the store and in the events.
 */
final class CountingWriters {

  private static final int WRITERS = 16;
  private static final int CHANGES = 6;
  private static final int MORE = 100;
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Duration AFTER_A_REFUSAL = Duration.ofMillis(100);

  private final AtomicBoolean done = new AtomicBoolean();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger broken = new AtomicInteger();
  private final AtomicLong longest = new AtomicLong();
  private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
  private final List<Writer> writers;
  private final ScimClient idp;
  private final Supplier<Gateway> gateway;

  private CountingWriters(ScimClient idp, Supplier<Gateway> gateway) {
    this.idp = idp;
    this.gateway = gateway;
    this.writers = IntStream.range(0, WRITERS).mapToObj(Writer::new).toList();
  }

  /**
   * Begins to write.
   *
   * @param gateway the one that answers now
   */
  static CountingWriters begin(ScimClient idp, Supplier<Gateway> gateway) {
    CountingWriters all = new CountingWriters(idp, gateway);
    all.writers.forEach(all.threads::execute);
    return all;
  }

  /** Waits until some more changes have been answered with success. */
  void awaitMore() {
    int before = acknowledged.get();
    await()
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> acknowledged.get() > before + MORE);
  }

  /** Waits until all changes have been announced. */
  static void awaitEvents(Gateway gateway) {
    await()
        .atMost(TIMEOUT)
        .ignoreExceptions()
        .until(
            () ->
                gateway
                    .bean(JdbcClient.class)
                    .sql("select not exists (select from change where published_at is null)")
                    .query(Boolean.class)
                    .single());
  }

  /** Waits for the answers that are under way. */
  void end() throws InterruptedException {
    done.set(true);
    threads.shutdown();
    assertThat(threads.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
  }

  String summary() {
    return "%d users, %d changes acknowledged, %d calls refused, %d not answered, longest answer %d ms"
        .formatted(
            written().size(),
            acknowledged.get(),
            refused.get(),
            broken.get(),
            TimeUnit.NANOSECONDS.toMillis(longest.get()));
  }

  /** The calls that were refused, or not answered at all. */
  int failed() {
    return refused.get() + broken.get();
  }

  Duration longestAnswer() {
    return Duration.ofNanos(longest.get());
  }

  private List<Written> written() {
    return writers.stream().flatMap(it -> it.written.stream()).toList();
  }

  /** Compares what was acknowledged with the store and with the events. */
  void check(Subscriber training) throws Exception {
    ScimClient now = here();
    List<Written> written = written();
    written.forEach(it -> assertStored(now, it));
    assertAnnounced(training, written);
  }

  private ScimClient here() {
    return new ScimClient(gateway.get(), idp.tenant(), idp.connection(), idp.token());
  }

  private boolean answers() {
    try {
      return gateway.get().call("GET", "/actuator/health/liveness", null, null).status() == 200;
    } catch (RuntimeException e) {
      return false;
    }
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
    it.stored = resource.path("title").asInt();
    assertThat(it.stored).as(it.name).isBetween(it.acknowledged - 1, it.sent);
  }

  /** Each title of a user once and in order, none missing up to what is stored, and no others. */
  private static void assertAnnounced(Subscriber training, List<Written> written) throws Exception {
    Map<String, List<Integer>> titles = new HashMap<>();
    try (training) {
      List<ObjectNode> events = training.all();
      assertThat(new HashSet<>(events.stream().map(it -> it.path("id").asText()).toList()))
          .hasSameSizeAs(events);
      titles.putAll(
          events.stream()
              .filter(it -> it.at("/data/resource/userName").isTextual())
              .collect(
                  Collectors.groupingBy(
                      it -> it.at("/data/id").asText(),
                      Collectors.mapping(
                          it -> it.at("/data/resource/title").asInt(), Collectors.toList()))));
    }
    for (Written it : written.stream().filter(user -> user.id != null).toList()) {
      assertThat(titles.getOrDefault(it.id.toString(), List.of()))
          .as(it.name)
          .isEqualTo(IntStream.rangeClosed(0, it.stored).boxed().toList());
    }
  }

  /** What was sent about one user, and how much of it was acknowledged. */
  private static final class Written {
    private final String name;
    private UUID id;
    private int sent;
    private int acknowledged;
    private int stored;

    private Written(String name) {
      this.name = name;
    }
  }

  /** Creates a user, changes its title some times, and goes on with the next. */
  private final class Writer implements Runnable {
    private final int number;
    private final List<Written> written = new ArrayList<>();

    private Writer(int number) {
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
        Gateway.Answer created = timed(() -> here().create(user(next.name).put("title", "0")));
        if (created.status() != 201) {
          refuse();
          return;
        }
        next.id = created.id();
        acknowledge(next, 1);
        for (int title = 1; title <= CHANGES; title++) {
          next.sent = title;
          String change =
              "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"%d\"}".formatted(title);
          if (timed(() -> here().patch(next.id, change)).status() != 200) {
            refuse();
            return; // unknown whether it was applied, so the user is left alone
          }
          acknowledge(next, title + 1);
        }
      } catch (RuntimeException e) {
        broken.incrementAndGet();
        await().atMost(TIMEOUT).until(() -> done.get() || answers()); // it is dead, as it should be
      }
    }

    private void acknowledge(Written next, int changes) {
      next.acknowledged = changes;
      acknowledged.incrementAndGet();
    }

    private void refuse() {
      refused.incrementAndGet();
      LockSupport.parkNanos(AFTER_A_REFUSAL.toNanos());
    }

    private Gateway.Answer timed(Supplier<Gateway.Answer> call) {
      long start = System.nanoTime();
      Gateway.Answer answer = call.get();
      longest.accumulateAndGet(System.nanoTime() - start, Math::max);
      return answer;
    }
  }
}
