package io.gatehouse.outage;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.kill.CountingWriters;
import io.gatehouse.outage.Answers.Given;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.Health;
import io.gatehouse.support.IdpWebhookCaller;
import io.gatehouse.support.Receiver;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import io.gatehouse.support.Webhook;
import io.gatehouse.support.WebhookGateway;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One outage while calls of all kinds come in, and what is left of them. */
final class OutageRun {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /** For how long answers are as expected before the pools have noticed the fault, all of them. */
  private static final Duration SETTLING = Duration.ofSeconds(1);

  private final OutageScene scene;
  private final Gateway gateway;
  private final Outage outage;
  private final Answers answers = new Answers();
  private final IdpWebhookCaller okta;
  private final ScimClient idp;
  private final Answer queue;
  private Duration recovery = Duration.ZERO;
  private int doubled;

  private OutageRun(OutageScene scene, Outage outage) {
    this.scene = scene;
    this.gateway = scene.gateway();
    this.outage = outage;
    this.okta = WebhookGateway.sender(gateway, "okta", Calls.SECRET);
    this.idp = okta.scim();
    gateway.admin(
        "PATCH",
        "/connections/" + okta.connection(),
        Json.stored("{\"settings\":{\"brake\":\"off\"}}"));
    this.queue = gateway.subscription(idp.tenant(), "training");
    Webhook.create(
        gateway,
        Webhook.wanted(idp.tenant(), "training", scene.receiver().url() + "/" + idp.tenant())
            .put("ordered", true));
  }

  /** How much is called, and for how long the fault stays. */
  record Load(int writers, Duration rest, Duration lasting) {}

  /** Runs one and checks all that is promised. */
  static String of(OutageScene scene, Outage outage, Load load) throws Exception {
    OutageRun run = new OutageRun(scene, outage);
    try {
      run.run(load);
      return run.report();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(run.report(), e);
    }
  }

  private String report() {
    return "%s, recovered after %d ms, %d events came twice to a queue%n%s"
        .formatted(outage, recovery.toMillis(), doubled, answers.histogram());
  }

  private void run(Load load) throws Exception {
    UUID ada = idp.create(user("ada@example.com")).id();
    CountingWriters writers =
        CountingWriters.begin(
            idp,
            () -> gateway,
            new CountingWriters.Pace(
                load.writers(), load.rest(), call -> answers.measure(CallKind.WRITE, call)));
    Calls calls = Calls.begin(gateway, okta, ada, answers);
    try {
      writers.awaitMore(load.writers());
      breakAndRepair(load.lasting());
    } finally {
      calls.end();
      writers.end();
    }
    assertThat(answers.all()).filteredOn(this::isWrong).isEmpty();
    if (scene.isOnSmallDisks()) {
      assertThat(answers.all()).anyMatch(it -> it.kind() == CallKind.WRITE && it.status() == 503);
    }
    new Health(gateway).awaitReady();
    CountingWriters.awaitEvents(gateway);
    writers.checkStore();
    calls.check();
    try (Subscriber training = Subscriber.of(queue)) {
      List<ObjectNode> read = training.all();
      doubled = read.size() - once(read.stream()).size();
      assertThat(doubled).as("events that came twice to a queue").isZero();
      writers.checkEvents(read);
      writers.checkEvents(posted(read));
    }
  }

  private void breakAndRepair(Duration lasting) throws Exception {
    try {
      outage.begin(scene);
      await()
          .during(SETTLING)
          .atMost(TIMEOUT)
          .until(() -> answers.latest().allMatch(this::isUsual));
      answers.settled();
      await().during(lasting).atMost(lasting.plus(TIMEOUT)).until(this::isAlive);
      await().atMost(TIMEOUT).until(() -> answers.within().containsAll(kindsToHear()));
    } finally {
      answers.ended();
      outage.end(scene);
    }
    long start = System.nanoTime();
    await()
        .atMost(TIMEOUT)
        .until(() -> answers.recovered().containsAll(List.of(CallKind.values())));
    recovery = Duration.ofNanos(System.nanoTime() - start);
  }

  /** Whether it is an answer of this outage; a write may have waited since before it. */
  private boolean isUsual(Given it) {
    return it.kind() == CallKind.WRITE || expected(it.kind()).contains(it.status());
  }

  private Set<Integer> expected(CallKind kind) {
    return scene.isOnSmallDisks() ? Outage.expectedOnAFullDisk(kind) : outage.expected(kind);
  }

  private boolean isAlive() {
    return gateway.call("GET", "/actuator/health/liveness", null, null).status() == 200;
  }

  /** All but writes, which wait for twelve seconds. */
  private static Set<CallKind> kindsToHear() {
    return Arrays.stream(CallKind.values())
        .filter(it -> it != CallKind.WRITE)
        .collect(Collectors.toSet());
  }

  /** Late, without saying when to ask again, an error of the gateway's own, or another answer. */
  private boolean isWrong(Given it) {
    return it.isLate()
        || !it.isHonest()
        || it.status() == 0
        || it.status() == 500
        || (it.within() && !expected(it.kind()).contains(it.status()));
  }

  /** What the endpoint was sent, when all is there; its own pauses are skipped. */
  private List<ObjectNode> posted(List<ObjectNode> events) {
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> {
              gateway.sql(
                  "update errand set due_at = now() - interval '1 day', leased_until = null"
                      + " where due_at > now() or leased_until > now() + interval '30 seconds'");
              assertThat(received().keySet()).hasSameSizeAs(events);
            });
    return List.copyOf(received().values());
  }

  private Map<String, ObjectNode> received() {
    return once(
        scene.receiver().requests().stream()
            .filter(it -> it.path().endsWith("/" + idp.tenant()))
            .map(Receiver.Request::event));
  }

  /** Each event once, in the order in which it came first: delivery is at least once. */
  private static Map<String, ObjectNode> once(Stream<ObjectNode> events) {
    Map<String, ObjectNode> first = new LinkedHashMap<>();
    events.forEach(it -> first.putIfAbsent(it.path("id").asText(), it));
    return first;
  }
}
