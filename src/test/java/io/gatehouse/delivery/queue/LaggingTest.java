package io.gatehouse.delivery.queue;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.broker.SubscriberQueues;
import io.gatehouse.scim.Json;
import io.gatehouse.store.UnitOfWork;
import io.gatehouse.support.CsvClient;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Replica;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Subscribers that are away too long, and what that costs others: nothing. */
class LaggingTest {

  private static final int LIMIT = 40;

  private static Gateway gateway;

  private final ScimClient idp = gateway.connection("standard");
  private final JsonNode offline = gateway.subscription(idp.tenant(), "offline").json();
  private final Replica replica = new Replica();

  /** The schedule would look at the queues while a test prepares them. */
  @BeforeAll
  static void start() throws Exception {
    gateway =
        Gateway.start(Gateway.temporaryFolder(), "--gatehouse.subscriptions.max-backlog=" + LIMIT);
    gateway.bean(CamelContext.class).getRouteController().stopRoute("delivery-watch");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void dropsAQueueThatIsTooLongAndRebuildsItWhenTheSubscriberIsBack() throws Exception {
    List<UUID> staff = staff();
    UUID gone = idp.createGroup("Gone", staff.get(0)).id();
    UUID kept = idp.createGroup("Kept", staff.get(0), staff.get(1)).id();
    read(replica);
    assertThat(replica.groups()).contains(gone.toString(), kept.toString());

    List<ObjectNode> events = new CopyOnWriteArrayList<>();
    try (Subscriber fast = Subscriber.of(gateway.subscription(idp.tenant(), "fast"), events::add)) {
      erase(staff.get(2));
      idp.call("DELETE", "/Groups/" + gone, null);
      idp.patchGroup(kept, remove(staff.get(0)));
      renameUntilFull(staff, "a");
      look();
      assertThat(state()).isEqualTo("lagging");
      look();
      renameUntilFull(staff, "b");
      await()
          .untilAsserted(() -> assertThat(events).as("nobody else").hasSize(2 + 1 + 1 + 2 * LIMIT));
    }
    assertThat(backlog()).as("nothing is kept for it").isZero();

    try (Subscriber back = Subscriber.of(offline, queue())) {
      look();
      assertThat(state()).isEqualTo("live");
      idp.delete(staff.get(3));
      catchUp(back);
    }

    assertThat(replica.bootstrapped()).isTrue();
    assertThat(replica.users()).isEqualTo(users()).hasSize(staff.size() - 2);
    assertThat(replica.groups()).containsExactly(kept.toString());
    assertThat(replica.members(kept)).isEqualTo(members(kept));
    assertThat(lastActor("subscription.lagging").asText()).isEqualTo("schedule");
    assertThat(lastActor("subscription.rebuild").asText()).isEqualTo("schedule");
  }

  @Test
  void missesNothingThatIsWrittenWhileItIsRebuilt() throws Exception {
    List<UUID> staff = staff();
    lag(staff);
    Thread writer = new Thread(() -> live(staff));
    writer.start();

    try (Subscriber back = Subscriber.of(offline, queue())) {
      look();
      writer.join();
      catchUp(back);
    }
    assertThat(replica.bootstrapped()).isTrue();
    assertThat(replica.users()).isEqualTo(users());
  }

  @Test
  void rebuildsASlowSubscriberThatStaysConnected() throws Exception {
    List<UUID> staff = staff();
    try (Subscriber slow = Subscriber.of(offline, queue())) {
      renameUntilFull(staff, "a");
      look();
      assertThat(state()).isEqualTo("lagging");
      look();
      assertThat(state()).isEqualTo("live");
      catchUp(slow);
    }
    assertThat(replica.bootstrapped()).isTrue();
    assertThat(replica.users()).isEqualTo(users());
  }

  @Test
  void isRebuiltByAnAdministratorAndTakesNothingElseUntilThen() throws Exception {
    lag(staff());
    assertThat(post("/replay", Json.object().put("sequence", 1)).status()).isEqualTo(409);
    assertThat(post("/dead-letters/resend", null).status()).isEqualTo(409);

    assertThat(post("/bootstrap", null).status()).isEqualTo(202);

    assertThat(state()).isEqualTo("live");
    try (Subscriber back = Subscriber.of(offline, queue())) {
      catchUp(back);
    }
    assertThat(replica.users()).isEqualTo(users());
  }

  @Test
  void dropsAQueueWhoseFirstEventIsTooOld() {
    idp.create(user("ada"));
    await().until(() -> backlog() == 1);
    look();
    assertThat(state()).isEqualTo("live");

    LagMonitor.Limits impatient = new LagMonitor.Limits(LIMIT, Duration.ofMillis(1));
    new LagMonitor(
            gateway.bean(UnitOfWork.class),
            impatient,
            gateway.bean(LagMonitor.Queues.class),
            gateway.bean(ReplayJobs.class),
            gateway.bean(AuditLog.class))
        .run();
    assertThat(state()).isEqualTo("lagging");
  }

  @Test
  void emptiesWhatWasMarkedBeforeACrash() {
    idp.create(user("ada"));
    await().until(() -> backlog() == 1);
    gateway.sql(
        "update subscription set lagging_since = now() where name = 'offline' and tenant_id = (select id from tenant where slug = ?)",
        idp.tenant());

    look();
    restart();
    idp.create(user("grace"));
    announced(gateway);
    assertThat(backlog()).isZero();
  }

  @Test
  void makesNoLaggardOfWhoeverAsksForABootstrap() throws Exception {
    StringBuilder file = new StringBuilder("userName,givenName,familyName\n");
    for (int i = 0; i < 520; i++) {
      file.append("u").append(i).append(",A,B\n");
    }
    try (Gateway small =
        Gateway.start(Gateway.temporaryFolder(), "--gatehouse.subscriptions.max-backlog=510")) {
      String tenant = small.tenant();
      assertThat(new CsvClient(small, tenant).bring(file.toString()).status()).isLessThan(300);
      announced(small);
      ObjectNode wanted = Json.object().put("tenant", tenant).put("name", "late");
      JsonNode late = small.admin("POST", "/subscriptions", wanted.put("bootstrap", true)).json();
      String path = "/subscriptions/" + tenant + "/late";
      await().until(() -> small.admin("GET", path, null).json().path("backlog").asInt() == 500);
      small.bean(LagMonitor.class).run();
      assertThat(small.admin("GET", path, null).json().path("state").asText()).isEqualTo("live");

      try (Subscriber reader = Subscriber.of(late, late.path("queue").asText())) {
        List<ObjectNode> events = new ArrayList<>();
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> events.addAll(reader.all()) && events.size() > 520);
        assertThat(events).hasSize(521);
      }
    }
  }

  private List<UUID> staff() {
    List<UUID> staff = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      staff.add(idp.create(user("u" + i)).id());
    }
    return staff;
  }

  private void lag(List<UUID> staff) {
    renameUntilFull(staff, "a");
    look();
    assertThat(state()).isEqualTo("lagging");
    look();
    assertThat(backlog()).isZero();
  }

  private void renameUntilFull(List<UUID> staff, String title) {
    for (int i = 0; i < LIMIT; i++) {
      UUID one = staff.get(4 + i % (staff.size() - 4));
      idp.patch(one, "{\"op\":\"add\",\"path\":\"title\",\"value\":\"" + title + i + "\"}");
    }
    await().until(() -> backlog() > LIMIT || state().equals("lagging"));
  }

  private void live(List<UUID> staff) {
    for (int i = 0; i < 40; i++) {
      switch (i % 3) {
        case 0 -> idp.create(user("new" + i));
        case 1 ->
            idp.patch(
                staff.get(i % 10), "{\"op\":\"add\",\"path\":\"title\",\"value\":\"" + i + "\"}");
        default -> idp.delete(staff.get(i % 10));
      }
    }
  }

  private void erase(UUID id) {
    idp.delete(id);
    gateway.admin("POST", "/users/" + id + "/erase", null);
  }

  private void read(Replica into) throws Exception {
    try (Subscriber reader = Subscriber.of(offline, queue())) {
      reader.all().forEach(into::apply);
    }
  }

  /** Reads until the marker has come, and what comes after it. */
  private void catchUp(Subscriber back) throws Exception {
    await()
        .until(
            () -> {
              back.all().forEach(replica::apply);
              return replica.bootstrapped();
            });
    back.all().forEach(replica::apply);
  }

  /** Waits until nothing is left to announce. */
  private static void announced(Gateway gateway) {
    await().until(() -> gateway.sql("update change set type = type where sequence is null") == 0);
  }

  private static String remove(UUID member) {
    return "{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + member + "\\\"]\"}";
  }

  /** What a start does with the queues. */
  private static void restart() {
    LagMonitor.Queues watched = gateway.bean(LagMonitor.Queues.class);
    gateway
        .bean(SubscriberQueues.class)
        .declare(watched.subscriptions().all(), watched.lagging().all().keySet());
  }

  private static void look() {
    gateway.bean(LagMonitor.class).run();
  }

  private String queue() {
    return offline.path("queue").asText();
  }

  private String path() {
    return "/subscriptions/" + idp.tenant() + "/offline";
  }

  private Gateway.Answer post(String action, ObjectNode body) {
    return gateway.admin("POST", path() + action, body);
  }

  private JsonNode view() {
    return gateway.admin("GET", path(), null).json();
  }

  private String state() {
    return view().path("state").asText();
  }

  private long backlog() {
    return view().path("backlog").asLong();
  }

  private JsonNode lastActor(String action) {
    return gateway
        .admin("GET", "/audit?action=" + action + "&tenant=" + idp.tenant(), null)
        .json()
        .at("/entries/0/actor");
  }

  private Map<String, String> users() {
    Map<String, String> users = new TreeMap<>();
    gateway
        .admin("GET", "/users?count=200&state=active&tenant=" + idp.tenant(), null)
        .json()
        .path("users")
        .forEach(it -> users.put(it.path("id").asText(), it.path("version").asText()));
    return users;
  }

  private Set<String> members(UUID group) {
    Set<String> members = new TreeSet<>();
    idp.group(group).json().path("members").forEach(it -> members.add(it.path("value").asText()));
    return members;
  }
}
