package io.gatehouse.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway.Answer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** What a fixture says of the answer to one request, and of the state after it. */
record Expectation(JsonNode expected, ScimClient idp, Variables variables) {

  private static final Set<String> KNOWN =
      Set.of(
          "status",
          "acceptable",
          "bodyContains",
          "bodyAbsent",
          "headersContain",
          "capture",
          "stateAfter",
          "stateUnchanged",
          "notes");

  private static final String COUNT = "Count";

  void requireUnderstood() {
    Set<String> unknown = new TreeSet<>();
    expected.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(KNOWN);
    assertThat(unknown).as("expectations that nobody checks").isEmpty();
  }

  boolean stateUnchanged() {
    return expected.path("stateUnchanged").asBoolean();
  }

  void check(Answer answer) {
    assertThat(answer.status()).as(answer.http().body()).isIn(statuses());
    if (expected.path("bodyContains").isObject() && !isBrief(answer)) {
      contains("the body", answer.json(), variables.fill(expected.path("bodyContains")));
    }
    for (JsonNode pointer : expected.path("bodyAbsent")) {
      JsonNode found = at(answer.json(), pointer.asText());
      assertThat(Json.unassigned(found) || found.asText("-").isEmpty())
          .as(pointer + " is absent")
          .isTrue();
    }
    for (var header : expected.path("headersContain").properties()) {
      assertThat(answer.http().headers().firstValue(header.getKey()))
          .as(header.getKey())
          .hasValueSatisfying(
              it -> assertThat(it).containsIgnoringCase(header.getValue().asText()));
    }
    for (var capture : expected.path("capture").properties()) {
      variables.put(capture.getKey(), at(answer.json(), capture.getValue().asText()).asText());
    }
    for (var state : expected.path("stateAfter").properties()) {
      state(state.getKey(), variables.fill(state.getValue()));
    }
  }

  /** Where 204 is only tolerated, there is no body to check. */
  private boolean isBrief(Answer answer) {
    return answer.status() == 204 && expected.path("status").asInt() != 204;
  }

  private Set<Integer> statuses() {
    Set<Integer> statuses = new TreeSet<>(Set.of(expected.path("status").asInt()));
    expected.path("acceptable").forEach(it -> statuses.add(it.asInt()));
    return statuses;
  }

  private void state(String reference, JsonNode wanted) {
    JsonNode actual = resource(reference);
    for (var field : wanted.properties()) {
      String name = field.getKey();
      if (name.equals("members")) {
        assertThat(ids(actual.path(name))).as(reference).isEqualTo(ids(field.getValue()));
      } else if (name.endsWith(COUNT) && field.getValue().isInt()) {
        String counted = name.substring(0, name.length() - COUNT.length());
        assertThat(actual.path(counted)).as(counted).hasSize(field.getValue().intValue());
      } else {
        contains(reference + "." + name, actual.path(name), field.getValue());
      }
    }
  }

  private static Set<String> ids(JsonNode members) {
    Set<String> ids = new TreeSet<>();
    members.forEach(it -> ids.add(it.isObject() ? it.path("value").asText() : it.asText()));
    return ids;
  }

  private JsonNode resource(String reference) {
    int colon = reference.indexOf(':');
    if (colon < 0) {
      return get(reference).json();
    }
    boolean user = reference.startsWith("user.");
    String filter =
        (user ? "userName" : "displayName") + " eq \"" + reference.substring(colon + 1) + "\"";
    JsonNode found = (user ? idp.find(filter) : idp.findGroups(filter)).json().path("Resources");
    assertThat(found).as(reference).hasSize(1);
    return found.get(0);
  }

  private Answer get(String reference) {
    UUID id = variables.id(reference);
    Answer answer = reference.startsWith("user.") ? idp.get(id) : idp.group(id);
    assertThat(answer.status()).as(reference).isEqualTo(200);
    return answer;
  }

  /** All that was seeded, as it stands now; what is gone is a missing node. */
  Map<String, JsonNode> everything() {
    Map<String, JsonNode> all = new TreeMap<>();
    for (String name : variables.resources()) {
      UUID id = variables.id(name);
      all.put(name, (name.startsWith("user.") ? idp.get(id) : idp.group(id)).json());
    }
    return all;
  }

  /**
   * Members must be there and equal, every listed element must match some element; an empty array
   * means none.
   */
  private static void contains(String where, JsonNode actual, JsonNode wanted) {
    if (wanted.isObject()) {
      for (var member : wanted.properties()) {
        contains(where + "." + member.getKey(), actual.path(member.getKey()), member.getValue());
      }
    } else if (wanted.isArray() && wanted.isEmpty()) {
      assertThat(Json.unassigned(actual)).as(where + " is " + actual).isTrue();
    } else if (wanted.isArray()) {
      for (JsonNode element : wanted) {
        assertThat(actual).as(where).anySatisfy(it -> contains(where, it, element));
      }
    } else {
      assertThat(actual).as(where).isEqualTo(wanted);
    }
  }

  /** A JSON pointer of which a part, or the whole, may be one key that has dots or colons. */
  private static JsonNode at(JsonNode document, String pointer) {
    String key = pointer.substring(1);
    return document instanceof ObjectNode object && object.has(key)
        ? object.path(key)
        : document.at(pointer);
  }
}
