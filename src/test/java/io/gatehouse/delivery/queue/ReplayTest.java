package io.gatehouse.delivery.queue;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Crowd;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.Replica;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Subscribers that come late, or that have lost something. */
class ReplayTest {

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");

  @Test
  void startsWithThePresentStateAndAMarker() throws Exception {
    UUID ada = idp.create(user("ada").put("title", "Countess")).id();
    UUID left = idp.create(user("left")).id();
    idp.delete(left);
    UUID engines = idp.createGroup("Engines", ada).id();

    try (Subscriber late = Subscriber.of(subscribe(true))) {
      List<ObjectNode> events = late.all();

      assertThat(events)
          .extracting(it -> it.path("type").asText())
          .containsExactly(
              "gatehouse.user.snapshot.v1",
              "gatehouse.user.snapshot.v1",
              "gatehouse.group.snapshot.v1",
              "gatehouse.group.members.changed.v1",
              "gatehouse.feed.bootstrap.completed.v1");
      assertThat(events.get(0).at("/data/resource/title").asText()).isEqualTo("Countess");
      assertThat(events.get(1).at("/data/lifecycle/state").asText()).isEqualTo("deactivated");
      assertThat(events.get(1).path("resourceversion").asText()).isEqualTo("2");
      assertThat(events.get(2).path("subject").asText()).isEqualTo("/Groups/" + engines);
      assertThat(events.get(3).at("/data/members/added/0").asText()).isEqualTo(ada.toString());
      assertThat(events.get(4).at("/data/position").asLong()).isPositive();
    }
  }

  @Test
  void givesExactlyTheStateOfTheStoreDuringLiveWrites() throws Exception {
    List<UUID> staff = Crowd.of(idp, 520);
    UUID group = idp.createGroup("Everybody", staff.subList(0, 300).toArray(UUID[]::new)).id();
    Thread writer = new Thread(() -> live(staff, group));
    writer.start();

    try (Subscriber late = Subscriber.of(subscribe(true))) {
      writer.join();
      Replica replica = new Replica();
      late.all().forEach(replica::apply);

      assertThat(replica.bootstrapped()).isTrue();
      assertThat(replica.users()).isEqualTo(users());
      assertThat(replica.members(group)).isEqualTo(members(group));
    }
  }

  private void live(List<UUID> staff, UUID group) {
    for (int i = 0; i < 120; i++) {
      UUID one = staff.get(i * 4);
      switch (i % 4) {
        case 0 -> idp.patch(one, "{\"op\":\"add\",\"path\":\"title\",\"value\":\"" + i + "\"}");
        case 1 -> idp.delete(one);
        case 2 -> idp.create(user("new" + i));
        default -> idp.patchGroup(group, member(i % 8 == 3 ? "add" : "remove", one));
      }
    }
  }

  private static String member(String op, UUID id) {
    return op.equals("add")
        ? "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + id + "\"}]}"
        : "{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + id + "\\\"]\"}";
  }

  private java.util.Map<String, String> users() {
    java.util.Map<String, String> users = new java.util.TreeMap<>();
    String cursor = "";
    do {
      JsonNode page =
          gateway
              .admin("GET", "/users?count=200&state=active&tenant=" + idp.tenant() + cursor, null)
              .json();
      page.path("users")
          .forEach(it -> users.put(it.path("id").asText(), it.path("version").asText()));
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    return users;
  }

  private java.util.Set<String> members(UUID group) {
    java.util.Set<String> members = new java.util.TreeSet<>();
    idp.group(group).json().path("members").forEach(it -> members.add(it.path("value").asText()));
    return members;
  }

  @Test
  void replaysFromASequence() throws Exception {
    try (Subscriber training = Subscriber.of(subscribe(false))) {
      idp.create(user("ada"));
      idp.create(user("grace"));
      List<ObjectNode> first = training.all();

      replay(Json.object().put("sequence", Long.parseLong(sequence(first.get(1)))));

      List<ObjectNode> again = training.all();
      assertThat(again).containsExactly(first.get(1));
    }
  }

  @Test
  void replaysFromATimeAndOneUser() throws Exception {
    try (Subscriber training = Subscriber.of(subscribe(false))) {
      UUID ada = idp.create(user("ada")).id();
      idp.create(user("grace"));
      idp.delete(ada);
      List<ObjectNode> first = training.all();

      replay(Json.object().put("time", first.get(2).path("time").asText()));
      assertThat(training.all()).containsExactly(first.get(2));

      replay(Json.object().put("resource", ada.toString()));
      assertThat(training.all()).containsExactly(first.get(0), first.get(2));
    }
  }

  @Test
  void replaysToOneQueueOnly() throws Exception {
    try (Subscriber training = Subscriber.of(subscribe(false));
        Subscriber other = Subscriber.of(gateway.subscription(idp.tenant(), "other"))) {
      idp.create(user("ada"));
      training.all();
      other.all();

      replay(Json.object().put("sequence", 1));

      assertThat(training.all()).hasSize(1);
      assertThat(other.all()).isEmpty();
    }
  }

  @Test
  void replaysAllOrNothingFromWhereNoChangeIs() throws Exception {
    try (Subscriber training = Subscriber.of(subscribe(false))) {
      idp.create(user("ada"));
      List<ObjectNode> first = training.all();

      replay(Json.object().put("sequence", Long.MIN_VALUE));
      assertThat(training.all()).isEqualTo(first);
      replay(Json.object().put("time", "-1000000000-01-01T00:00:00Z"));
      assertThat(training.all()).isEqualTo(first);
      replay(Json.object().put("time", "+1000000000-12-31T23:59:59Z"));
      assertThat(training.all()).isEmpty();
    }
  }

  @Test
  void sendsTheMarkerWhateverTypesAreWanted() throws Exception {
    idp.create(user("ada"));
    ObjectNode wanted = wanted().put("bootstrap", true);
    wanted.putArray("types").add("gatehouse.group.*");

    try (Subscriber groups = Subscriber.of(gateway.admin("POST", "/subscriptions", wanted))) {
      assertThat(groups.next().path("type").asText())
          .isEqualTo("gatehouse.feed.bootstrap.completed.v1");
    }
  }

  @Test
  void replaysNothingThatTheSubscriptionIsNotFor() throws Exception {
    ObjectNode wanted = wanted();
    wanted.putArray("types").add("gatehouse.user.deactivated.*");
    try (Subscriber leavers = Subscriber.of(gateway.admin("POST", "/subscriptions", wanted))) {
      idp.delete(idp.create(user("ada")).id());
      leavers.all();

      replay(Json.object().put("sequence", 1));

      assertThat(leavers.all()).hasSize(1);
    }
  }

  @Test
  void rotatesThePasswordAndRemovesTheQueueWithoutARestart() throws Exception {
    Answer made = subscribe(false);
    JsonNode rotated = gateway.admin("POST", path() + "/password", null).json();
    ObjectNode fresh = ((ObjectNode) made.json()).deepCopy();
    fresh.put("password", rotated.path("password").asText());

    org.assertj.core.api.Assertions.assertThatThrownBy(() -> Subscriber.of(made))
        .isInstanceOf(jakarta.jms.JMSException.class);
    idp.create(user("ada"));
    try (Subscriber training = Subscriber.of(fresh, fresh.path("queue").asText())) {
      assertThat(training.all()).hasSize(1);
      assertThat(gateway.admin("GET", path(), null).json().path("consumers").asInt()).isEqualTo(1);
    }

    assertThat(gateway.admin("DELETE", path(), null).status()).isEqualTo(204);
    assertThat(gateway.admin("GET", path(), null).status()).isEqualTo(404);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> Subscriber.of(fresh, fresh.path("queue").asText()))
        .isInstanceOf(jakarta.jms.JMSException.class);
    assertThat(subscribe(false).status()).isEqualTo(201);
  }

  @Test
  void showsTheBacklog() {
    subscribe(false);
    idp.create(user("ada"));
    org.awaitility.Awaitility.await()
        .until(() -> gateway.admin("GET", path(), null).json().path("backlog").asInt() == 1);
    List<String> names = new ArrayList<>();
    gateway
        .admin("GET", "/subscriptions", null)
        .json()
        .forEach(it -> names.add(it.path("tenant").asText() + "." + it.path("name").asText()));
    assertThat(names).contains(idp.tenant() + ".training");
  }

  @Test
  void tellsANoticeWhoChangedAndWhereAndNothingElse() throws Exception {
    Answer made = gateway.admin("POST", "/subscriptions", wanted().put("profile", "notice"));
    try (Subscriber notices = Subscriber.of(made)) {
      UUID ada = idp.create(user("ada@example.com")).id();
      idp.patch(ada, "{\"op\":\"replace\",\"path\":\"name.familyName\",\"value\":\"King\"}");

      List<ObjectNode> events = notices.all();
      assertThat(events.get(1).at("/data/id").asText()).isEqualTo(ada.toString());
      assertThat(events.get(1).at("/data/changedPaths/0").asText()).isEqualTo("name.familyName");
      assertThat(events.toString()).doesNotContain("ada@", "King", "Lovelace");
    }
  }

  private ObjectNode wanted() {
    return Json.object()
        .put("tenant", idp.tenant())
        .put("name", "training")
        .put("profile", "directory");
  }

  private Answer subscribe(boolean bootstrap) {
    return gateway.admin("POST", "/subscriptions", wanted().put("bootstrap", bootstrap));
  }

  private void replay(ObjectNode from) {
    assertThat(gateway.admin("POST", path() + "/replay", from).status()).isEqualTo(202);
  }

  private String path() {
    return "/subscriptions/" + idp.tenant() + "/training";
  }

  private static String sequence(JsonNode event) {
    return event.path("sequence").asText();
  }
}
