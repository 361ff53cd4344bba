package io.gatehouse.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.Gateway.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A recorded-shape request or scenario with the answers that are expected, run on a connection of
 * its own.
 */
public final class Fixture {

  private static final Pattern VARIABLE = Pattern.compile("\\{\\{([^}]+)}}");
  private static final Set<String> SET_BY_THE_CLIENT =
      Set.of("connection", "accept-encoding", "host");

  private final JsonNode fixture;
  private final ScimClient idp;
  private final Map<String, String> variables = new HashMap<>();

  private Fixture(JsonNode fixture, ScimClient idp) {
    this.fixture = fixture;
    this.idp = idp;
    variables.put("token", idp.token());
  }

  public static void run(Path file, Gateway gateway) throws IOException {
    JsonNode fixture = Json.MAPPER.readTree(Files.readString(file));
    new Fixture(fixture, gateway.connection(fixture.path("idp").asText())).run();
  }

  private void run() throws IOException {
    seed(fixture.path("given"));
    if (fixture.has("steps")) {
      for (JsonNode step : fixture.path("steps")) {
        step(step);
      }
    } else {
      step(fixture);
    }
  }

  private void seed(JsonNode given) throws IOException {
    for (int i = 0; i < given.path("usersCount").asInt(); i++) {
      assertThat(idp.create(ScimClient.user("seed%04d@example.com".formatted(i))).status())
          .isEqualTo(201);
    }
    for (JsonNode wanted : given.path("users")) {
      ObjectNode user = (ObjectNode) filled(wanted);
      ArrayNode schemas = user.putArray("schemas").add(Schema.USER);
      if (user.has(Schema.ENTERPRISE_USER)) {
        schemas.add(Schema.ENTERPRISE_USER);
      }
      boolean active = user.path("active").asBoolean(true);
      String key = user.remove("key").asText();
      Answer created = idp.create(user.put("active", true));
      assertThat(created.status()).as("seeding " + key).isEqualTo(201);
      variables.put("user." + key, created.id().toString());
      if (!active) {
        idp.patch(created.id(), "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}");
      }
    }
  }

  private void step(JsonNode step) throws IOException {
    JsonNode expected = step.path("expect");
    String label = step.path("label").asText(fixture.path("name").asText());
    Map<String, Answer> before = users();
    Answer answer = send(step.path("request"));

    assertThat(answer.status()).as(label + ": " + answer.http().body()).isIn(statuses(expected));
    if (expected.has("bodyContains") && answer.status() != 204) {
      contains(label, answer.json(), filled(expected.path("bodyContains")));
    }
    for (JsonNode pointer : expected.path("bodyAbsent")) {
      assertThat(Json.unassigned(at(answer.json(), pointer.asText())))
          .as(label + " " + pointer)
          .isTrue();
    }
    for (var header : expected.path("headersContain").properties()) {
      assertThat(answer.header(header.getKey()))
          .as(label)
          .containsIgnoringCase(header.getValue().asText());
    }
    for (var capture : expected.path("capture").properties()) {
      variables.put(capture.getKey(), at(answer.json(), capture.getValue().asText()).asText());
    }
    for (var state : expected.path("stateAfter").properties()) {
      contains(label, user(state.getKey()), filled(state.getValue()));
    }
    if (expected.path("stateUnchanged").asBoolean()) {
      users()
          .forEach(
              (key, user) -> assertThat(user.json()).as(label).isEqualTo(before.get(key).json()));
    }
  }

  private static Set<Integer> statuses(JsonNode expected) {
    Set<Integer> statuses = new java.util.HashSet<>(Set.of(expected.path("status").asInt()));
    expected.path("acceptable").forEach(it -> statuses.add(it.asInt()));
    return statuses;
  }

  private Answer send(JsonNode request) throws IOException {
    String body =
        request.has("bodyRaw")
            ? request.path("bodyRaw").asText()
            : request.path("body").isNull() ? null : Json.text(filled(request.path("body")));
    HttpRequest.Builder call =
        HttpRequest.newBuilder(
                URI.create(idp.gateway().url("/scim/v2" + fill(request.path("path").asText()))))
            .method(
                request.path("method").asText(),
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    for (var header : request.path("headers").properties()) {
      if (!SET_BY_THE_CLIENT.contains(header.getKey().toLowerCase(java.util.Locale.ROOT))) {
        call.header(header.getKey(), fill(header.getValue().asText()));
      }
    }
    return idp.gateway().send(call.build());
  }

  private Map<String, Answer> users() {
    Map<String, Answer> users = new HashMap<>();
    variables.forEach(
        (key, id) -> {
          if (key.startsWith("user.")) {
            users.put(key, idp.get(UUID.fromString(id)));
          }
        });
    return users;
  }

  private JsonNode user(String reference) {
    if (reference.startsWith("user.byUserName:")) {
      String name = reference.substring("user.byUserName:".length());
      return idp.find("userName eq \"" + name + "\"").json().path("Resources").path(0);
    }
    return idp.get(UUID.fromString(variables.get(reference))).json();
  }

  /**
   * Members must be there and equal, every listed element must match some element; an empty array
   * means unassigned.
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

  /** A JSON pointer whose remainder may be one key that has dots or colons. */
  private static JsonNode at(JsonNode document, String pointer) {
    String key = pointer.substring(1);
    return document.has(key) ? document.path(key) : document.at(pointer);
  }

  private JsonNode filled(JsonNode template) throws IOException {
    return Json.MAPPER.readTree(fill(Json.text(template)));
  }

  private String fill(String text) {
    Matcher matcher = VARIABLE.matcher(text);
    return matcher.replaceAll(it -> Matcher.quoteReplacement(variables.get(it.group(1).strip())));
  }
}
