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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sixteen IdPs write. Each user's titles count up, so that a lost, doubled or inverted change is
 * seen in the store and in the events.
 */
public final class CountingWriters {

  private static final int CHANGES = 6;
  private static final int MORE = 100;
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Duration AFTER_A_REFUSAL = Duration.ofMillis(100);

  private final AtomicBoolean done = new AtomicBoolean();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger broken = new AtomicInteger();
  private final AnswerTimes answers = new AnswerTimes();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Writer> writers;
  private final ScimClient idp;
  private final List<Supplier<Gateway>> gateways;
  private final Pace pace;

  private CountingWriters(ScimClient idp, List<Supplier<Gateway>> gateways, Pace pace) {
    this.idp = idp;
    this.gateways = gateways;
    this.pace = pace;
    this.writers = IntStream.range(0, pace.writers()).mapToObj(Writer::new).toList();
  }

  /** A call, made through a meter. */
  @FunctionalInterface
  public interface Meter {
    Gateway.Answer measure(Supplier<Gateway.Answer> call);
  }

  /** How many write, and how long each rests after a change. */
  public record Pace(int writers, Duration rest, Meter meter) {
    static final Pace FULL = resting(Duration.ZERO);

    static Pace resting(Duration rest) {
      return new Pace(16, rest, Supplier::get);
    }
  }

  /**
   * Begins to write.
   *
   * @param gateway the one that answers now
   */
  static CountingWriters begin(ScimClient idp, Supplier<Gateway> gateway) {
    return begin(idp, gateway, Pace.FULL);
  }

  /** Begins to write, at a pace. */
  public static CountingWriters begin(ScimClient idp, Supplier<Gateway> gateway, Pace pace) {
    return begin(idp, List.of(gateway), pace);
  }

  /**
   * Begins to write, to each of the gateways equally; a writer that gets no answer goes to the next
   * one.
   */
  static CountingWriters begin(ScimClient idp, List<Supplier<Gateway>> gateways, Pace pace) {
    CountingWriters all = new CountingWriters(idp, gateways, pace);
    all.writers.forEach(all.threads::execute);
    return all;
  }

  /** Waits until some more changes have been answered with success. */
  void awaitMore() {
    awaitMore(MORE);
  }

  /** Waits until so many more changes have been answered with success. */
  public void awaitMore(int changes) {
    int before = acknowledged.get();
    await()
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> acknowledged.get() >= before + changes);
  }

  /** Waits until all changes have been announced. */
  public static void awaitEvents(Gateway gateway) {
    awaitEvents(gateway.bean(JdbcClient.class));
  }

  /** The same, where the gateways are processes of their own. */
  static void awaitEvents(JdbcClient database) {
    await()
        .atMost(TIMEOUT)
        .ignoreExceptions()
        .until(
            () ->
                database
                    .sql("select not exists (select from change where published_at is null)")
                    .query(Boolean.class)
                    .single());
  }

  /** Waits for the answers that are under way. */
  public void end() throws InterruptedException {
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
            answers.longest().toMillis());
  }

  /** The calls that were refused, or not answered at all. */
  int failed() {
    return refused.get() + broken.get();
  }

  Duration longestAnswer() {
    return answers.longest();
  }

  /** How many answers of each status came within which time. */
  String histogram() {
    return answers.toString();
  }

  private List<Written> written() {
    return writers.stream().flatMap(it -> it.written.stream()).toList();
  }

  /** Compares what was acknowledged with the store and with the events. */
  void check(Subscriber training) throws Exception {
    checkStore();
    try (training) {
      checkEvents(training.all());
    }
  }

  /** Compares what was acknowledged with the store. */
  public void checkStore() {
    ScimClient now = at(gateways.get(0));
    written().forEach(it -> assertStored(now, it));
  }

  private ScimClient at(Supplier<Gateway> gateway) {
    return new ScimClient(gateway.get(), idp.tenant(), idp.connection(), idp.token());
  }

  private static boolean answers(Supplier<Gateway> gateway) {
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

  /**
   * Compares what is stored with events of which none came twice: each title of a user once and in
   * order, none missing up to what is stored, and no others.
   */
  public void checkEvents(List<ObjectNode> events) {
    assertThat(new HashSet<>(events.stream().map(it -> it.path("id").asText()).toList()))
        .hasSameSizeAs(events);
    Map<String, List<Integer>> titles =
        events.stream()
            .filter(it -> it.at("/data/resource/userName").isTextual())
            .collect(
                Collectors.groupingBy(
                    it -> it.at("/data/id").asText(),
                    Collectors.mapping(
                        it -> it.at("/data/resource/title").asInt(), Collectors.toList())));
    for (Written it : written().stream().filter(user -> user.id != null).toList()) {
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
    private int turn;

    private Writer(int number) {
      this.number = number;
      this.turn = number;
    }

    private Supplier<Gateway> gateway() {
      return gateways.get(turn % gateways.size());
    }

    private ScimClient here() {
      return at(gateway());
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
        turn++; // it is dead, as it should be
        broken.incrementAndGet();
        await().atMost(TIMEOUT).until(() -> done.get() || answers(gateway()));
      }
    }

    private void acknowledge(Written next, int changes) {
      next.acknowledged = changes;
      acknowledged.incrementAndGet();
      LockSupport.parkNanos(pace.rest().toNanos());
    }

    private void refuse() {
      refused.incrementAndGet();
      LockSupport.parkNanos(AFTER_A_REFUSAL.toNanos());
    }

    private Gateway.Answer timed(Supplier<Gateway.Answer> call) {
      long start = System.nanoTime();
      String status = AnswerTimes.NONE;
      try {
        Gateway.Answer answer = pace.meter().measure(call);
        status = String.valueOf(answer.status());
        return answer;
      } finally {
        answers.add(status, Duration.ofNanos(System.nanoTime() - start));
      }
    }
  }
}
