package io.gatehouse.admin.api;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.gatehouse.delivery.Profile;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.Hints;
import io.gatehouse.support.PullClient;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What is sent is what the contract says, message by message. */
class AsyncApiTest {

  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(Dialects.getDraft202012());

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("entra");
  private final JsonNode contract = contract();

  @Test
  void isServedToEverybodyWithAChannelForEachProfile() {
    assertThat(contract.path("asyncapi").asText()).isEqualTo("3.0.0");
    for (Profile profile : Profile.values()) {
      assertThat(contract.path("channels").path(profile.label()).path("address").asText())
          .isEqualTo(profile.address() + "::{tenant}.{subscription}");
    }
  }

  @ParameterizedTest
  @EnumSource
  void describesEveryEventAsItIsSent(Profile profile) throws Exception {
    Set<String> seen = new TreeSet<>();
    try (Subscriber live = Subscriber.of(subscribe(profile, "live", false))) {
      aLife();
      for (ObjectNode event : live.all()) {
        seen.add(event.path("type").asText());
        assertThat(wrong(event)).as(event.toPrettyString()).isEmpty();
      }
    }
    try (Subscriber late = Subscriber.of(subscribe(profile, "late", true))) {
      for (ObjectNode event : late.all()) {
        seen.add(event.path("type").asText());
        assertThat(wrong(event)).as(event.toPrettyString()).isEmpty();
      }
    }
    assertThat(seen).isEqualTo(types());
  }

  @Test
  void describesThePagesOfThoseWhoPull() {
    idp.create(user("ada"));
    idp.createGroup("Engines");
    PullClient pulling = PullClient.of(gateway, subscribe(Profile.DIRECTORY, "pulling", false));
    await().until(() -> pulling.get("?after=0").json().path("events").size() == 2);

    assertThat(wrong("/channels/events", pulling.get("?after=0").json())).isEmpty();
    JsonNode first = pulling.get("/snapshot").json();
    JsonNode last = pulling.get("/snapshot?cursor=" + first.path("cursor").asText()).json();
    assertThat(first.path("events")).hasSize(1);
    assertThat(wrong("/channels/snapshot", first)).isEmpty();
    assertThat(wrong("/channels/snapshot", last)).isEmpty();
    assertThat(wrong("/channels/snapshot", Json.object())).isNotEmpty();
  }

  @Test
  void describesItsOwnExamples() {
    Set<String> examples = new HashSet<>();
    for (JsonNode message : contract.at("/components/messages")) {
      for (JsonNode example : message.path("examples")) {
        examples.add(message.path("name").asText());
        assertThat(wrong(example.path("payload"))).isEmpty();
      }
    }
    assertThat(examples).isNotEmpty();
  }

  @Test
  void refusesAnEventThatIsNotDescribed() {
    ObjectNode event =
        (ObjectNode)
            contract.at("/components/messages/userDeactivated/examples/0/payload").deepCopy();
    event.withObject("data").put("password", "secret");
    assertThat(wrong(event)).isNotEmpty();
    event.withObject("data").remove("password");
    event.remove("sequence");
    assertThat(wrong(event)).isNotEmpty();
  }

  private void aLife() {
    UUID joan = gateway.admin("POST", "/users", user("joan").put("tenant", idp.tenant())).id();
    idp.create(user("joan").put("title", "Engineer"));
    gateway.admin("POST", "/users/" + joan + "/enrol", null);
    idp.patch(joan, "{\"op\":\"Replace\",\"path\":\"title\",\"value\":\"Chief\"}");
    idp.patch(joan, "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}");
    idp.patch(joan, "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"True\"}");
    UUID ada = idp.create(user("ada")).id();
    UUID group = idp.createGroup("Engines", joan).id();
    idp.patchGroup(
        group, "{\"op\":\"Add\",\"path\":\"members\",\"value\":[{\"value\":\"" + ada + "\"}]}");
    idp.patchGroup(group, "{\"op\":\"Replace\",\"path\":\"displayName\",\"value\":\"Motors\"}");
    idp.call("DELETE", "/Groups/" + idp.createGroup("Gone").id(), null);
    UUID left = idp.create(user("left").put("externalId", "E-1")).id();
    new Hints(gateway, idp).hear(Kind.USER_DELETED, "e1", "E-1");
    gateway.admin("POST", "/users/" + left + "/erase", null);
  }

  private Answer subscribe(Profile profile, String name, boolean bootstrap) {
    ObjectNode wanted =
        Json.object()
            .put("tenant", idp.tenant())
            .put("name", name)
            .put("profile", profile.label())
            .put("bootstrap", bootstrap);
    return gateway.admin("POST", "/subscriptions", wanted);
  }

  private Set<String> types() {
    Set<String> types = new TreeSet<>();
    contract.at("/components/messages").forEach(it -> types.add(it.path("name").asText()));
    return types;
  }

  private List<String> wrong(JsonNode event) {
    for (JsonNode message : contract.at("/components/messages")) {
      if (message.path("name").asText().equals(event.path("type").asText())) {
        return validate(message, event);
      }
    }
    return List.of("no message " + event.path("type"));
  }

  private List<String> wrong(String channel, JsonNode page) {
    return validate(contract.at(channel + "/messages/page"), page);
  }

  private List<String> validate(JsonNode message, JsonNode payload) {
    ObjectNode schema = Json.object();
    schema.set("components", contract.path("components"));
    schema.set("$ref", message.at("/payload/$ref"));
    Schema compiled = SCHEMAS.getSchema(schema);
    return compiled.validate(payload).stream().map(Object::toString).toList();
  }

  /** The YAML library of the tests, because Jackson's does not follow anchors. */
  private JsonNode contract() {
    Answer served = gateway.call("GET", "/asyncapi.yaml", null, null);
    assertThat(served.status()).isEqualTo(200);
    Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(served.http().body());
    return Json.MAPPER.valueToTree(tree);
  }
}
