package io.gatehouse.change;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.PullClient;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the log keeps: everything for a while, and then the last change of everybody. */
class RetentionTest {

  private static Gateway gateway;

  private final ScimClient idp = gateway.connection("standard");
  private final Answer subscription = gateway.subscription(idp.tenant(), "training");
  private final PullClient training = PullClient.of(gateway, subscription);

  @BeforeAll
  static void start() {
    gateway = Gateway.start(Gateway.temporaryFolder(), "--gatehouse.log.retention=10d");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void keepsTheLastChangeOfEverybodyAndWhateverIsYoung() throws Exception {
    UUID ada = idp.create(user("ada")).id();
    UUID grace = idp.create(user("grace")).id();
    title(ada, "a");
    title(ada, "b");
    days(11);
    title(grace, "a");
    title(grace, "b");
    announced();

    compact();

    assertThat(log()).containsExactly(grace + " 1", ada + " 3", grace + " 2", grace + " 3");
    long completeFrom = status().path("completeFrom").asLong();
    assertThat(training.get("?after=" + (completeFrom - 2)).status()).isEqualTo(410);
    assertThat(training.all(completeFrom - 1, 10))
        .extracting(it -> it.path("resourceversion").asText())
        .containsExactly("2", "3");
    assertThat(status().path("position").asLong()).isEqualTo(completeFrom + 1);
  }

  @Test
  void replaysTheLastStateOfWhatIsOlder() throws Exception {
    UUID ada = idp.create(user("ada")).id();
    title(ada, "Countess");
    days(11);
    compact();

    try (Subscriber reader = Subscriber.of(subscription)) {
      reader.all();
      String path = "/subscriptions/" + idp.tenant() + "/training/replay";
      assertThat(gateway.admin("POST", path, Json.object().put("sequence", 1)).status())
          .isEqualTo(202);
      List<ObjectNode> events = reader.all();
      assertThat(events).hasSize(1);
      assertThat(events.get(0).at("/data/resource/title").asText()).isEqualTo("Countess");
    }
  }

  @Test
  void keepsWhoCameAndWentUntilTheGroupIsGone() throws Exception {
    UUID ada = idp.create(user("ada")).id();
    UUID grace = idp.create(user("grace")).id();
    UUID group = idp.createGroup("Engines", ada).id();
    idp.patchGroup(
        group, "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + grace + "\"}]}");
    idp.patchGroup(group, "{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + ada + "\\\"]\"}");
    idp.patchGroup(group, "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"E\"}");
    days(11);
    compact();

    assertThat(membersByReplay()).containsExactly(grace.toString());

    idp.call("DELETE", "/Groups/" + group, null);
    days(11);
    compact();
    assertThat(log()).hasSize(3).contains(group + " 5");
  }

  /** Who is in the groups, for somebody who has nothing but the replayed log. */
  private Set<String> membersByReplay() throws Exception {
    try (Subscriber reader = Subscriber.of(subscription)) {
      reader.all();
      String path = "/subscriptions/" + idp.tenant() + "/training/replay";
      gateway.admin("POST", path, Json.object().put("sequence", 1));
      Set<String> members = new HashSet<>();
      for (ObjectNode event : reader.all()) {
        event.at("/data/members/added").forEach(it -> members.add(it.asText()));
        event.at("/data/members/removed").forEach(it -> members.remove(it.asText()));
      }
      return members;
    }
  }

  @Test
  void dropsALastChangeWhenALaterOneHasAged() throws Exception {
    UUID ada = idp.create(user("ada")).id();
    days(11);
    compact();
    title(ada, "a");
    announced();
    compact();
    assertThat(log()).containsExactly(ada + " 1", ada + " 2");

    days(11);
    compact();
    assertThat(log()).containsExactly(ada + " 2");
  }

  @Test
  void keepsWhatIsNotAnnounced() throws Exception {
    UUID ada = idp.create(user("ada")).id();
    days(11);
    var routes = gateway.bean(CamelContext.class).getRouteController();
    routes.stopRoute("change-relay", 100, TimeUnit.MILLISECONDS);
    try {
      title(ada, "a");
      gateway.sql("update change set occurred_at = occurred_at - interval '11 days'");
      compact();
      assertThat(log()).containsExactly(ada + " 1", ada + " 2");
    } finally {
      routes.startRoute("change-relay");
    }
  }

  @Test
  void waitsForAReplayThatStillReads() throws Exception {
    UUID ada = idp.create(user("ada")).id();
    title(ada, "a");
    days(11);
    gateway.sql(
        """
        insert into catch_up (id, tenant_id, name, kind, stage, until, position, due_at)
        select gen_random_uuid(), t.id, 'training', 'replay', 'LOG', 1, '0', now() + interval '1 hour'
          from tenant t where t.slug = ?
        """,
        idp.tenant());
    compact();
    assertThat(log()).containsExactly(ada + " 1", ada + " 2");

    gateway.sql("delete from catch_up");
    compact();
    assertThat(log()).containsExactly(ada + " 2");
  }

  @Test
  void leavesTheTimelineReadable() throws Exception {
    UUID ada = idp.create(user("ada")).id();
    title(ada, "Countess");
    days(11);
    compact();

    Answer timeline = gateway.admin("GET", "/users/" + ada + "/timeline", null);
    assertThat(timeline.status()).isEqualTo(200);
    JsonNode entries = timeline.json().path("entries");
    assertThat(entries).hasSize(2);
    assertThat(entries.get(0).path("event").path("version").asInt()).isEqualTo(2);
    assertThat(entries.get(1).path("event").isObject()).isFalse();
    assertThat(entries.toString()).contains("Countess");
  }

  private void title(UUID id, String title) {
    idp.patch(id, "{\"op\":\"add\",\"path\":\"title\",\"value\":\"" + title + "\"}");
  }

  /** All that has been announced was so many days ago. */
  private void days(int count) {
    announced();
    gateway.sql("update change set published_at = now() - make_interval(days => ?)", count);
  }

  private static void announced() {
    await().until(() -> gateway.sql("update change set type = type where sequence is null") == 0);
  }

  private static void compact() {
    gateway.bean(Compaction.class).run();
  }

  private static JsonNode status() {
    return gateway.admin("GET", "/status", null).json().path("feed");
  }

  /** The changes of this tenant that are kept, as id and version. */
  private List<String> log() {
    return gateway
        .bean(JdbcClient.class)
        .sql(
            """
            select c.resource_id || ' ' || c.version
              from change c join tenant t on t.id = c.tenant_id
             where t.slug = ?
             order by c.id
            """)
        .param(idp.tenant())
        .query(String.class)
        .list();
  }
}
