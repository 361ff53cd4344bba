package io.gatehouse.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.Gateway.Answer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;

/** The state that a fixture begins with. */
record Seed(ScimClient idp, Variables variables) {

  private static final Set<String> KNOWN = Set.of("users", "groups", "usersCount", "rateLimiter");
  private static final int MANY = 100;

  void plant(JsonNode given) {
    Set<String> unknown = new TreeSet<>();
    given.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(KNOWN);
    assertThat(unknown).as("preconditions that nobody can meet").isEmpty();
    for (int i = 0; i < given.path("usersCount").asInt(); i++) {
      made(idp.create(ScimClient.user("seed%04d@example.com".formatted(i))));
    }
    users(given.path("users"));
    given.path("groups").forEach(this::group);
    if (given.path("rateLimiter").asText().equals("exhausted")) {
      exhaust();
    }
  }

  /** Managers first: a user who names another waits until that one is there. */
  private void users(JsonNode users) {
    Deque<JsonNode> waiting = new ArrayDeque<>();
    users.forEach(waiting::add);
    for (int turns = waiting.size() * waiting.size(); !waiting.isEmpty(); turns--) {
      JsonNode next = waiting.remove();
      if (variables.knows(next)) {
        user((ObjectNode) variables.fill(next));
      } else {
        assertThat(turns).as("users who wait for each other").isPositive();
        waiting.add(next);
      }
    }
  }

  private void user(ObjectNode user) {
    ArrayNode schemas = user.putArray("schemas").add(Schema.USER);
    if (user.has(Schema.ENTERPRISE_USER)) {
      schemas.add(Schema.ENTERPRISE_USER);
    }
    boolean active = user.path("active").asBoolean(true);
    String key = user.remove("key").asText();
    Answer created = made(idp.create(user.put("active", true)));
    variables.put("user." + key, created.id().toString());
    if (!active) {
      String leave = "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}";
      assertThat(idp.patch(created.id(), leave).status()).isEqualTo(200);
    }
  }

  private void group(JsonNode wanted) {
    ObjectNode group = (ObjectNode) variables.fill(wanted);
    group.putArray("schemas").add(Schema.GROUP);
    String key = group.remove("key").asText();
    ArrayNode members = Json.array();
    for (JsonNode member : group.path("members")) {
      members.add(member.isObject() ? member : Json.object().set("value", member));
    }
    group.set("members", members);
    variables.put("group." + key, made(idp.call("POST", "/Groups", group)).id().toString());
  }

  private static Answer made(Answer answer) {
    assertThat(answer.status()).as("seeding: " + answer.http().body()).isEqualTo(201);
    return answer;
  }

  private void exhaust() {
    ObjectNode slow = Json.object();
    slow.putObject("settings").put("rateLimit", 1);
    idp.gateway().admin("PATCH", "/connections/" + idp.connection(), slow);
    for (int i = 0; i < MANY; i++) {
      if (idp.find("userName eq \"nobody\"").status() == 429) {
        return;
      }
    }
    throw new AssertionError("The limiter is never exhausted.");
  }
}
