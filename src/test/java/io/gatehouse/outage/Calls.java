package io.gatehouse.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.access.Role;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.IdpWebhookCaller;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.PullClient;
import io.gatehouse.support.ScimClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Callers of all kinds but those that write by SCIM, one of each, again and again. */
final class Calls {

  /** How long any answer may take. */
  static final Duration LONGEST = Duration.ofSeconds(16);

  static final String SECRET = "okta-hook-7Qm2v9Zs";

  private static final long REST = TimeUnit.MILLISECONDS.toNanos(200);
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final AtomicBoolean done = new AtomicBoolean();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Gateway gateway;
  private final IdpWebhookCaller okta;
  private final Answers answers;
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger kept = new AtomicInteger();

  /** The changes by administrators, and whether they were told that these are made. */
  private final Map<ObjectNode, Boolean> changes = new ConcurrentHashMap<>();

  private Calls(Gateway gateway, IdpWebhookCaller okta, Answers answers) {
    this.gateway = gateway;
    this.okta = okta;
    this.answers = answers;
  }

  /** Begins to call. */
  static Calls begin(Gateway gateway, IdpWebhookCaller okta, UUID user, Answers answers) {
    Calls all = new Calls(gateway, okta, answers);
    ScimClient scim = okta.scim();
    PullClient feed =
        PullClient.of(gateway, gateway.subscription(scim.tenant(), "feed", "directory"));
    PortalClient portal = PortalClient.signedIn(gateway, Role.VIEWER);
    String tenant = scim.tenant();
    all.repeat(
        CallKind.READ, i -> i % 2 == 0 ? scim.get(user) : scim.find("userName eq \"nobody\""));
    all.repeat(CallKind.WEBHOOK, i -> all.webhook());
    all.repeat(
        CallKind.ADMIN_READ,
        i -> gateway.admin("GET", i % 2 == 0 ? "/connections" : "/users?tenant=" + tenant, null));
    all.repeat(CallKind.ADMIN_CHANGE, all::change);
    all.repeat(CallKind.PAGE, i -> page(portal, "/admin/tenants/" + tenant));
    all.repeat(CallKind.OVERVIEW, i -> page(portal, "/admin"));
    all.repeat(CallKind.FEED, i -> feed.get("?after=0&limit=1"));
    all.repeat(CallKind.STATUS, i -> gateway.admin("GET", "/status", null));
    all.repeat(
        CallKind.LIVENESS,
        i ->
            gateway.call(
                "GET", "/actuator/health/" + (i % 2 == 0 ? "liveness" : "serving"), null, null));
    return all;
  }

  private void repeat(CallKind kind, IntFunction<Answer> call) {
    threads.execute(
        () -> {
          for (int i = 0; !done.get(); i++) {
            int number = i;
            try {
              answers.measure(kind, () -> call.apply(number));
            } catch (UncheckedIOException e) {
              // it is among the answers
            }
            LockSupport.parkNanos(REST);
          }
        });
  }

  private Answer webhook() {
    String body =
        """
        {"data":{"events":[{"uuid":"%s","eventType":"user.lifecycle.deactivate",
         "outcome":{"result":"SUCCESS"},"target":[{"type":"User","id":"00u-unknown"}]}]}}"""
            .formatted(UUID.randomUUID());
    sent.incrementAndGet();
    Answer answer = okta.post(body, "Authorization", SECRET);
    if (answer.status() == 204) {
      kept.incrementAndGet();
    }
    return answer;
  }

  private static Answer page(PortalClient portal, String path) {
    PortalClient.Page page = portal.get(path);
    return new Answer(page.status(), page.http(), Json.MAPPER.missingNode());
  }

  /** Something new: a tenant, an endpoint, or a queue. */
  private Answer change(int number) {
    String name = "n" + UUID.randomUUID().toString().substring(0, 13);
    ObjectNode wanted = Json.object().put("name", name);
    if (number % 3 == 0) {
      wanted.put("slug", name);
    } else {
      wanted.put("tenant", okta.scim().tenant());
      wanted.putArray("types").add("gatehouse.group.deleted.*");
    }
    if (number % 3 == 1) {
      wanted.put("url", "http://localhost:1/" + name);
    }
    changes.put(wanted, false);
    Answer answer = make(wanted);
    changes.put(wanted, answer.status() == 201);
    return answer;
  }

  private Answer make(ObjectNode wanted) {
    String path = wanted.has("url") ? "/endpoints" : "/subscriptions";
    return gateway.admin("POST", wanted.has("slug") ? "/tenants" : path, wanted);
  }

  /** Waits for the answers that are under way. */
  void end() throws InterruptedException {
    done.set(true);
    threads.shutdown();
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
  }

  /** Each event that was taken in is there once, and each change that was answered 201. */
  void check() {
    await()
        .atMost(TIMEOUT)
        .untilAsserted(() -> assertThat(kept()).isBetween(kept.get(), sent.get()));
    changes.forEach(
        (wanted, made) ->
            assertThat(make(wanted).status())
                .as("%s, made: %s", wanted, made)
                .isIn(made ? new Object[] {409} : new Object[] {201, 409}));
  }

  private int kept() {
    return gateway
        .bean(JdbcClient.class)
        .sql("select count(*) from inbox where connection_id = ?")
        .param(okta.connection())
        .query(Integer.class)
        .single();
  }
}
