package io.gatehouse.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.Rush;
import io.gatehouse.support.ScimClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How long an innocent tenant waits while another one searches as hard as it can: {@code
 * -Dusers=6000 -Dattackers=30 -Dseconds=10}.
 */
class FairnessSoak {

  private static final int USERS = Integer.getInteger("users", 6_000);
  private static final int ATTACKERS = Integer.getInteger("attackers", 30);
  private static final int SECONDS = Integer.getInteger("seconds", 10);

  private final Gateway gateway = Gateway.shared();
  private final ScimClient noisy = gateway.connection("standard");
  private final ScimClient innocent = gateway.connection("standard");
  private final AtomicInteger users = new AtomicInteger();

  @Test
  void innocentsAreServedDuringAnAttack() throws Exception {
    Rush.of(USERS, n -> noisy.create(ScimClient.user("user" + n + "@example.com")));
    innocent.create(ScimClient.user("ada@example.com"));

    run("nobody else", 0, "");
    run("45 terms over emails", ATTACKERS, terms(45));
    int failures = run("10 terms over emails", ATTACKERS, terms(10));

    assertThat(failures).isZero();
  }

  private static String terms(int count) {
    return IntStream.range(0, count)
        .mapToObj("emails[value co \"nobody%d\"]"::formatted)
        .collect(Collectors.joining(" or "));
  }

  /** Prints what the innocent tenant and the attackers saw; returns how often the former failed. */
  private int run(String what, int attackers, String filter) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<Map<Integer, Integer>>> attack = new ArrayList<>();
    for (int i = 0; i < attackers; i++) {
      attack.add(threads.submit(() -> attack(filter, over)));
    }
    Latencies reads = new Latencies();
    Latencies writes = new Latencies();
    Latencies health = new Latencies();
    int failures = 0;
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    while (System.nanoTime() < end) {
      failures += timed(reads, () -> innocent.find("userName eq \"ada@example.com\""), 200);
      failures += timed(writes, this::create, 201);
      failures += timed(health, this::readiness, 200);
    }
    over.set(true);
    Map<Integer, Integer> answers = new TreeMap<>();
    for (Future<Map<Integer, Integer>> one : attack) {
      one.get().forEach((status, n) -> answers.merge(status, n, Integer::sum));
    }
    threads.shutdown();
    System.out.printf(
        "FAIRNESS %-22s reads %s; writes %s; health %s; failures %d; attackers heard %s%n",
        what, reads, writes, health, failures, answers);
    return failures;
  }

  private Map<Integer, Integer> attack(String filter, AtomicBoolean over) {
    Map<Integer, Integer> answers = new TreeMap<>();
    while (!over.get()) {
      answers.merge(noisy.find(filter).status(), 1, Integer::sum);
    }
    return answers;
  }

  private static int timed(Latencies latencies, Supplier<Answer> call, int expected) {
    long start = System.nanoTime();
    int status = call.get().status();
    latencies.add(System.nanoTime() - start);
    return status == expected ? 0 : 1;
  }

  private Answer create() {
    return innocent.create(ScimClient.user("innocent" + users.incrementAndGet() + "@example.com"));
  }

  private Answer readiness() {
    return gateway.call("GET", "/actuator/health/readiness", null, null);
  }
}
