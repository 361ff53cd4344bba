package io.gatehouse.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.benchmark.Wire.Answer;
import io.gatehouse.benchmark.Wire.Call;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** One IdP at one server: its calls have the shape of the fixtures, its users have numbers. */
final class Traffic {

  private static final Path FIXTURES = Path.of("src/test/resources/fixtures/scim");
  private static final String ADD_MEMBERS =
      "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":["
          + "{\"op\":\"Add\",\"path\":\"members\",\"value\":[%s]}]}";

  private final String base;
  private final String token;
  private final Shape shape;
  private final List<User> users = Collections.synchronizedList(new ArrayList<>());
  private final List<String> groups = Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong names = new AtomicLong();
  private final AtomicLong changes = new AtomicLong();
  private final AtomicLong members = new AtomicLong();

  /**
   * Where it calls.
   *
   * @param base the path before {@code /Users}
   */
  Traffic(String base, String token, Shape shape) {
    this.base = base;
    this.token = token;
    this.shape = shape;
  }

  /** On a new connection of a new tenant. */
  static Traffic of(Gateway gateway, String profile, Shape shape) {
    return new Traffic("/scim/v2", gateway.connection(profile).token(), shape);
  }

  /** A user that was made. */
  private record User(String id, long number) {}

  /**
   * What an IdP sends, with {@code %n} for the number of a user, {@code %i} for its id and {@code
   * %c} for a new value.
   *
   * @param update by PATCH or by PUT
   */
  record Shape(String create, String method, String update) {

    static Shape entra() throws IOException {
      String scenario = "entra/61-scenario-user-lifecycle-default-dialect";
      ObjectNode patch = body(scenario, "attribute change");
      ArrayNode operations = patch.withArray("Operations");
      ((ObjectNode) operations.get(0)).put("value", "Mira Holt %c");
      operations.remove(1);
      return new Shape(text(body(scenario, "create")), "PATCH", Json.text(patch));
    }

    static Shape okta() throws IOException {
      ObjectNode put = body("okta/09-scenario-aiw-profile-update", "write back");
      put.put("displayName", "Tess Arnold %c");
      return new Shape(text(body("okta/05-create-user", "")), "PUT", text(put));
    }

    static Shape onelogin() throws IOException {
      ObjectNode put = body("onelogin/11-update-user-put-rendered-template", "");
      put.put("displayName", "Kim Soto %c");
      return new Shape(text(body("onelogin/03-create-user-core-v2", "")), "PUT", text(put));
    }

    private static ObjectNode body(String fixture, String label) throws IOException {
      JsonNode json = Json.MAPPER.readTree(FIXTURES.resolve(fixture + ".json").toFile());
      for (JsonNode step : json.path("steps")) {
        if (step.path("label").asText().equals(label)) {
          json = step;
        }
      }
      return (ObjectNode) json.at("/request/body");
    }

    private static String text(ObjectNode user) {
      user.put("userName", "user%n@example.com");
      ((ObjectNode) user.at("/emails/0")).put("value", "user%n@example.com");
      if (user.has("externalId")) {
        user.put("externalId", "7d0c4f3a-%n");
      }
      if (user.has("id")) {
        user.put("id", "%i");
      }
      return Json.text(user);
    }
  }

  Answer create(Wire wire) throws IOException {
    long number = names.getAndIncrement();
    String body = shape.create().replace("%n", String.valueOf(number));
    Answer answer = wire.send(call("POST", "/Users", body));
    users.add(new User(answer.id(), number));
    return answer;
  }

  Answer update(Wire wire) throws IOException {
    long change = changes.getAndIncrement();
    User user = user(change);
    String body =
        shape
            .update()
            .replace("%n", String.valueOf(user.number()))
            .replace("%i", user.id())
            .replace("%c", String.valueOf(change));
    return wire.send(call(shape.method(), "/Users/" + user.id(), body));
  }

  Answer get(Wire wire) throws IOException {
    return wire.send(call("GET", "/Users/" + user(changes.getAndIncrement()).id(), null));
  }

  /** Reads a user at another path of the server, which ends with its id. */
  Answer get(Wire wire, String path) throws IOException {
    return other(wire, "GET", path + user(changes.getAndIncrement()).id(), null);
  }

  Answer lookup(Wire wire) throws IOException {
    return lookup(wire, user(changes.getAndIncrement()).number(), 1);
  }

  private Answer lookup(Wire wire, long number, int expected) throws IOException {
    String filter = "/Users?filter=userName+eq+%22user" + number + "%40example.com%22";
    Answer answer = wire.send(call("GET", filter, null));
    if (!answer.body().replace(" ", "").contains("\"totalResults\":" + expected)) {
      throw new IOException("found other users: " + answer.body());
    }
    return answer;
  }

  /** What Entra ID does for each user of an initial cycle. */
  Answer matchAndCreate(Wire wire) throws IOException {
    lookup(wire, Long.MAX_VALUE - names.get(), 0);
    return create(wire);
  }

  /** A group, looked for before it is made. */
  Answer matchAndCreateGroup(Wire wire) throws IOException {
    String name = "Group-" + groups.size() + "-" + changes.getAndIncrement();
    String filter = "/Groups?excludedAttributes=members&filter=displayName+eq+%22" + name + "%22";
    wire.send(call("GET", filter, null));
    ObjectNode group =
        Shape.body("entra/62-scenario-group-lifecycle-default-dialect", "create")
            .put("displayName", name)
            .put("externalId", name);
    Answer answer = wire.send(call("POST", "/Groups", Json.text(group)));
    groups.add(answer.id());
    return answer;
  }

  /** Adds the next user to the next group. */
  Answer addMember(Wire wire) throws IOException {
    return addMembers(wire, 1);
  }

  /** Adds the next users to the next group: one round through the groups, then other users. */
  Answer addMembers(Wire wire, int count) throws IOException {
    long turn = members.getAndIncrement();
    long first = turn / groups.size() * count;
    String values =
        LongStream.range(first, first + count)
            .mapToObj(it -> "{\"$ref\":null,\"value\":\"%s\"}".formatted(user(it).id()))
            .collect(Collectors.joining(","));
    String group = groups.get((int) (turn % groups.size()));
    return wire.send(call("PATCH", "/Groups/" + group, ADD_MEMBERS.formatted(values)));
  }

  /** A call that is neither, to a path of the server. */
  Answer other(Wire wire, String method, String path, String body) throws IOException {
    return wire.send(new Call(method, path, token, body));
  }

  /** The body of a create that is not sent as one. */
  String user() {
    return shape.create().replace("%n", "yardstick" + names.getAndIncrement());
  }

  private User user(long n) {
    return users.get((int) (n % users.size()));
  }

  private Call call(String method, String path, String body) {
    return new Call(method, base + path, token, body);
  }
}
