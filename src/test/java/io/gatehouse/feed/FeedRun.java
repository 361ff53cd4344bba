package io.gatehouse.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Three subscribers, one fast, one slow and one that is away for a while, follow four IdPs that
 * change their people, while the gateway is killed and started again.
 */
public final class FeedRun implements AutoCloseable {

  private static final int PROVIDERS = 8;

  /** Each look asks for three backlogs, of a gateway that is busy. */
  private static final Duration LOOK = Duration.ofMillis(400);

  private final Gateway gateway;
  private final int changes;
  private final int people;
  private final AtomicInteger left;
  private final Map<String, Long> backlogs = new HashMap<>();
  private final Instant start = Instant.now();
  private final ExecutorService threads = Executors.newFixedThreadPool(PROVIDERS);
  private final List<ScimClient> idps;
  private final List<Reader> readers;
  private List<Future<?>> work = List.of();

  /**
   * @param gateway by its address, where it is again after a kill
   */
  public FeedRun(Gateway gateway, int changes, int people) throws Exception {
    this.gateway = gateway;
    this.changes = changes;
    this.people = people;
    this.left = new AtomicInteger(changes);
    this.idps = idps(gateway, gateway.tenant());
    this.readers = readers();
  }

  /** The IdPs begin, and one of the subscribers goes away. */
  public void begin() throws Exception {
    work = work();
    after(changes / 6);
    readers.get(2).disconnect();
  }

  /** Leaves so much to do that the IdPs are not done before they are asked again. */
  public void goOn() {
    left.updateAndGet(it -> Math.max(it, changes / 2));
  }

  void after(int done) {
    await(() -> changes - left.get() >= done);
  }

  /** The subscriber comes back, and each has got what the store says. */
  public void end() throws Exception {
    after(changes * 5 / 6);
    readers.get(2).connect();
    for (Future<?> one : work) {
      one.get();
    }
    compare(Store.of(idps));
    for (Reader reader : readers) {
      reader.disconnect();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private static List<ScimClient> idps(Gateway gateway, String tenant) {
    List<ScimClient> idps =
        Stream.of("standard", "entra", "okta", "standard")
            .map(it -> gateway.connection(tenant, it))
            .toList();
    for (ScimClient idp : idps) {
      // they deactivate more people in an hour than the brake lets pass
      String off = "{\"settings\":{\"brake\":\"off\"}}";
      gateway.admin("PATCH", "/connections/" + idp.connection(), Json.stored(off));
    }
    return idps;
  }

  private List<Reader> readers() throws Exception {
    List<Reader> readers = new ArrayList<>();
    for (String name : List.of("fast", "slow", "away")) {
      Duration pace = name.equals("slow") ? Duration.ofMillis(5) : Duration.ZERO;
      String profile = name.equals("away") ? "directory" : "hr";
      Gateway.Answer made = gateway.subscription(idps.get(0).tenant(), name, profile);
      readers.add(new Reader(made.json(), pace).connect());
    }
    return readers;
  }

  private List<Future<?>> work() {
    List<Future<?>> started = new ArrayList<>();
    for (int i = 0; i < PROVIDERS; i++) {
      ScimClient idp = idps.get(i % idps.size());
      started.add(threads.submit(new Provider(idp, i, people / PROVIDERS, left)));
    }
    return started;
  }

  private void compare(Store store) {
    for (Reader reader : readers) {
      Ledger ledger = reader.ledger();
      await(() -> ledger.latest().equals(store.versions()) || !ledger.broken().isEmpty());
      assertThat(ledger.broken()).as(reader.name()).isEmpty();
      assertThat(ledger.latest()).as(reader.name()).isEqualTo(store.versions());
      assertThat(ledger.people(store.people().keySet())).isEqualTo(store.people());
      store
          .members()
          .forEach((group, members) -> assertThat(ledger.members(group)).isEqualTo(members));
    }
  }

  private void await(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60 + changes / 20))
        .pollInterval(LOOK)
        .pollInSameThread()
        .until(
            () -> {
              readers.forEach(this::lookAtBacklog);
              for (Future<?> one : work) {
                failIfItFailed(one);
              }
              return condition.call();
            });
  }

  private static void failIfItFailed(Future<?> one) throws Exception {
    if (one.isDone()) {
      one.get();
    }
  }

  private void lookAtBacklog(Reader reader) {
    String path = "/subscriptions/" + idps.get(0).tenant() + "/" + reader.name();
    Gateway.Answer answer = gateway.admin("GET", path, null);
    backlogs.merge(reader.name(), answer.json().path("backlog").asLong(), Math::max);
  }

  /** What happened, for a person to read. */
  String report() {
    StringBuilder report = new StringBuilder();
    report.append("%d changes in %s".formatted(changes, Duration.between(start, Instant.now())));
    for (Reader reader : readers) {
      Ledger ledger = reader.ledger();
      report.append(
          "; %s: %d events of %d resources, %d duplicates, backlog at most %d"
              .formatted(
                  reader.name(),
                  ledger.events(),
                  ledger.latest().size(),
                  ledger.duplicates(),
                  backlogs.get(reader.name())));
    }
    return report.toString();
  }
}
