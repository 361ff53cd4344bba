package io.gatehouse.inbox;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.FakeIdp;
import io.gatehouse.support.FakeUser;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.IdpWebhookCaller;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.WebhookGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A company in which much happens, and whose IdP tells it in any order and more than once. */
final class Storm implements AutoCloseable {

  private static final String SECRET = "okta-hook-7Qm2v9Zs";
  private static final String[] WARDS = {"Ward 1", "Ward 2", "Ward 3"};

  private final FakeIdp okta = FakeIdp.start();
  private final Gateway gateway;
  private final Random random;
  private final int people;

  Storm(Gateway gateway, long seed, int people) {
    this.gateway = gateway;
    this.random = new Random(seed);
    this.people = people;
  }

  /** Lets things happen until the IdP has this many events to tell of. */
  List<JsonNode> happen(int events) {
    for (int i = 0; i < people; i++) {
      okta.user(id(i));
    }
    int before = okta.oktaEvents().size();
    while (okta.oktaEvents().size() < before + events) {
      String id = id(random.nextInt(people));
      switch (random.nextInt(4)) {
        case 0 -> okta.deactivate(id);
        case 1 -> okta.reactivate(id);
        case 2 -> okta.suspend(id);
        default -> okta.user(id).with("department", WARDS[random.nextInt(WARDS.length)]);
      }
    }
    List<JsonNode> all = new ArrayList<>();
    okta.oktaEvents().forEach(all::add);
    return all.subList(before, before + events);
  }

  /** A connection that provisions everybody before it begins. */
  IdpWebhookCaller company() {
    IdpWebhookCaller sender = WebhookGateway.sender(gateway, "okta", SECRET);
    ObjectNode settings = Json.object();
    settings.putObject("settings").put("brake", "off").set("api", okta.oktaAccess());
    gateway.admin("PATCH", "/connections/" + sender.connection(), settings);
    ScimClient scim = sender.scim();
    for (int i = 0; i < people; i++) {
      scim.create(user(id(i).toLowerCase() + "@example.com").put("externalId", id(i)));
    }
    gateway.sql(
        "update person set source_time = source_time - interval '1 hour' where connection_id = ?",
        sender.connection());
    return sender;
  }

  /** A fifth more than there are, in any order. */
  List<JsonNode> shuffled(List<JsonNode> events) {
    List<JsonNode> all = new ArrayList<>(events);
    for (int i = 0; i < events.size() / 5; i++) {
      all.add(events.get(random.nextInt(events.size())));
    }
    Collections.shuffle(all, random);
    return all;
  }

  /** Tells them in calls of fifty, and returns when all that came of it is done. */
  void tell(IdpWebhookCaller sender, List<JsonNode> events) {
    for (int from = 0; from < events.size(); from += 50) {
      ObjectNode call = Json.object();
      events
          .subList(from, Math.min(events.size(), from + 50))
          .forEach(call.putObject("data").putArray("events")::add);
      assertThat(sender.post(Json.text(call), "Authorization", SECRET).status()).isEqualTo(204);
    }
    long different = events.stream().map(it -> it.path("uuid").asText()).distinct().count();
    await()
        .atMost(Duration.ofMinutes(10))
        .until(
            () ->
                gateway
                    .bean(JdbcClient.class)
                    .sql(
                        "select count(*) from inbox where connection_id = ? and done_at is not null")
                    .param(sender.connection())
                    .query(Long.class)
                    .single(),
            done -> done == different);
  }

  /** What the store says of everybody. */
  Map<String, String> state(IdpWebhookCaller idp) {
    Map<String, String> state = new TreeMap<>();
    gateway
        .bean(JdbcClient.class)
        .sql(
            """
            select external_id, active, doc #>> '{urn:ietf:params:scim:schemas:extension:enterprise:2.0:User,department}'
              from person where connection_id = ?
            """)
        .param(idp.connection())
        .query(
            row -> {
              state.put(row.getString(1), row.getBoolean(2) + " " + row.getString(3));
            });
    return state;
  }

  /** What the IdP says of everybody. */
  Map<String, String> truth() {
    Map<String, String> truth = new TreeMap<>();
    for (int i = 0; i < people; i++) {
      FakeUser user = okta.user(id(i));
      truth.put(id(i), user.isActive() + " " + user.get("department"));
    }
    return truth;
  }

  /** Nothing that happened had more than one effect, and no version is missing. */
  void assertOneEffectEach(IdpWebhookCaller idp) {
    List<String> causes =
        gateway
            .bean(JdbcClient.class)
            .sql(
                """
                select c.data #>> '{origin,eventId}'
                  from change c
                  join person p on p.tenant_id = c.tenant_id and p.id = c.resource_id
                 where p.connection_id = ? and c.data #>> '{origin,channel}' = 'webhook'
                """)
            .param(idp.connection())
            .query(String.class)
            .list();
    assertThat(causes).isNotEmpty().doesNotHaveDuplicates().doesNotContainNull();
  }

  private static String id(int n) {
    return "00u" + n;
  }

  @Override
  public void close() {
    okta.close();
  }
}
