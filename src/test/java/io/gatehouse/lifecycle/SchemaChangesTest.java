package io.gatehouse.lifecycle;

import static io.gatehouse.support.ScimClient.group;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.CsvClient;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.PullClient;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A schema that a tenant deletes or narrows leaves nothing behind: 409 while somebody has values,
 * or the values go (RFC 7643 section 3). The tests take each step of the job themselves.
 */
class SchemaChangesTest {

  private static final String URN = "urn:example:hr:2.0:User";
  private static final String TEAM = "urn:example:team:2.0:Group";
  private static final String ROUTE = "lifecycle-schema-cleanup";
  private static final String DEFINITION =
      """
      {"resourceType":"User","attributes":[
        {"name":"badge","type":"string","caseExact":true,"mutability":"immutable"},
        {"name":"grade","type":"string","canonicalValues":["7","8"]},
        {"name":"desks","type":"complex","multiValued":true,"subAttributes":[
          {"name":"value"},{"name":"floor","type":"integer"}]}]}
      """;
  private static final String CONTAINER =
      """
      {"badge":"B-1","grade":"seven","desks":[{"value":"A1","floor":3}]}
      """;

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");

  @BeforeEach
  void defineAndHoldTheJob() throws Exception {
    gateway.bean(CamelContext.class).getRouteController().stopRoute(ROUTE);
    assertThat(define(URN, DEFINITION, "").status()).isEqualTo(200);
  }

  @AfterEach
  void letTheJobGo() throws Exception {
    gateway.bean(CamelContext.class).getRouteController().startRoute(ROUTE);
  }

  @Test
  void refusesToDeleteASchemaOfWhichUsersHaveValues() {
    UUID ada = create("ada").id();
    create("grace");
    idp.create(user("none@example.com"));

    Answer refused = delete(URN, "");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(refused.json().path("users").asInt()).isEqualTo(2);
    assertThat(refused.json().path("groups").asInt()).isZero();
    assertThat(refused.json().path("detail").asText()).contains("2 user(s)", "force=true");
    assertThat(idp.get(ada).json().path(URN)).isEqualTo(Json.stored(CONTAINER));
    assertThat(idp.call("GET", "/Schemas/" + URN, null).status()).isEqualTo(200);
  }

  @Test
  void deletesASchemaWithoutValuesAtOnce() {
    idp.create(user("ada@example.com"));

    assertThat(delete(URN, "").status()).isEqualTo(204);
    assertThat(idp.call("GET", "/Schemas/" + URN, null).status()).isEqualTo(404);
    assertThat(define(URN, DEFINITION, "").status()).isEqualTo(200);
    assertThat(delete(URN, "?force=true").status()).isEqualTo(204);
    assertThat(delete(URN, "?force=true").status()).isEqualTo(404);
  }

  @Test
  void hidesTheValuesFromEveryAnswerBeforeTheyAreDropped() {
    Answer subscription = gateway.subscription(idp.tenant(), "hr", "hr");
    Answer created = create("ada");
    String ada = "/users/" + created.id();

    assertThat(delete(URN, "?force=true").status()).isEqualTo(202);

    PullClient hr = PullClient.of(gateway, subscription);
    await().until(() -> !hr.all(0, 100).isEmpty());
    List<String> answers = new ArrayList<>();
    answers.add(idp.get(created.id()).http().body());
    answers.add(idp.find("userName eq \"ada@example.com\"").http().body());
    answers.add(idp.call("GET", "/Schemas", null).http().body());
    answers.add(gateway.admin("GET", ada, null).http().body());
    answers.add(hr.all(0, 100).toString());
    answers.add(hr.get("/snapshot").http().body());
    answers.add(idp.patch(created.id(), set("title", "\"Countess\"")).http().body());
    assertThat(answers).allMatch(it -> !it.contains("B-1") && !it.contains(URN));
    assertThat(idp.find(URN + ":badge eq \"B-1\"").json().path("scimType").asText())
        .isEqualTo("invalidFilter");
    assertThat(stored("ada")).doesNotContain("B-1");
  }

  @Test
  void takesWhatWasFetchedBeforeWithARecord() {
    Answer fetched = create("ada");
    UUID ada = fetched.id();
    assertThat(delete(URN, "?force=true").status()).isEqualTo(202);

    Answer replaced = idp.replace(ada, (ObjectNode) fetched.json());
    Answer removed = idp.patch(ada, "{\"op\":\"remove\",\"path\":\"" + URN + "\"}");
    Answer part = idp.patch(ada, set(URN + ":grade", "\"eight\""));

    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.http().body()).doesNotContain(URN);
    assertThat(removed.status()).isEqualTo(200);
    assertThat(part.status()).isEqualTo(200);
    assertThat(stored("ada")).doesNotContain(URN);
    assertThat(gateway.admin("GET", "/users/" + ada + "/timeline", null).http().body())
        .contains("leave-out-retired-values", URN);
  }

  @Test
  void dropsTheValuesWithAVersionAnEventAndAnAuditEntryForEach() throws Exception {
    Answer subscription = gateway.subscription(idp.tenant(), "hr", "hr");
    Answer created = create("ada");
    Answer begun = delete(URN, "?force=true");
    assertThat(begun.json().path("total").asInt()).isEqualTo(1);
    assertThat(finish(begun.header("Location")).path("done").asInt()).isEqualTo(1);

    Answer now = idp.get(created.id());
    assertThat(now.header("ETag")).isNotEqualTo(created.header("ETag"));
    assertThat(now.json().at("/meta/lastModified").asText())
        .isGreaterThan(created.json().at("/meta/lastModified").asText());
    assertThat(now.json().path("schemas").toString()).doesNotContain(URN);
    assertThat(stored("ada")).doesNotContain(URN, URN.toLowerCase(java.util.Locale.ROOT));
    try (Subscriber hr = Subscriber.of(subscription)) {
      hr.next();
      ObjectNode updated = hr.next();
      assertThat(updated.path("type").asText()).isEqualTo("gatehouse.user.updated.v1");
      assertThat(updated.at("/data/changes/0/path").asText()).isEqualTo(URN);
      assertThat(updated.at("/data/changes/0/op").asText()).isEqualTo("remove");
      assertThat(updated.at("/data/origin/channel").asText()).isEqualTo("admin");
      assertThat(updated.at("/data/resource").toString()).doesNotContain(URN);
    }
    JsonNode audit =
        gateway.admin("GET", "/audit?tenant=" + idp.tenant(), null).json().path("entries");
    assertThat(audit.findValuesAsText("action"))
        .contains("schema.remove", "user.conform", "schema.values-dropped");
    JsonNode end = entry(audit, "schema.values-dropped");
    assertThat(end.path("actor").asText()).isEqualTo("admin");
    assertThat(end.at("/schema/urn").asText()).isEqualTo(URN);
    assertThat(end.at("/schema/users").asInt()).isEqualTo(1);
    assertThat(entry(audit, "schema.remove").at("/schema/users").asInt()).isEqualTo(1);
  }

  @Test
  void refusesANewDefinitionUntilTheJobHasEnded() {
    UUID ada = create("ada").id();
    String job = delete(URN, "?force=true").header("Location");

    assertThat(define(URN, DEFINITION, "").status()).isEqualTo(409);
    assertThat(define(URN, DEFINITION, "?force=true").status()).isEqualTo(409);
    finish(job);
    assertThat(define(URN, DEFINITION, "").status()).isEqualTo(200);
    Answer again = idp.patch(ada, set(URN + ":grade", "\"eight\""));

    assertThat(again.json().path(URN)).isEqualTo(Json.object().put("grade", "eight"));
    gateway.bean(SchemaCleanup.class).step();
    assertThat(idp.get(ada).json().path(URN).path("grade").asText()).isEqualTo("eight");
  }

  @Test
  void refusesToNarrowWhatUsersHaveValuesOf() {
    create("ada");
    String noDesks = DEFINITION.replaceAll(",\\s*\\{\"name\":\"desks\"[^\\]]*\\]\\}", "");
    String[] narrower = {
      DEFINITION.replace("\"grade\",\"type\":\"string\"", "\"grade\",\"type\":\"dateTime\""),
      DEFINITION.replace("\"grade\",", "\"grade\",\"multiValued\":true,"),
      DEFINITION.replace(",{\"name\":\"floor\",\"type\":\"integer\"}", ""),
      DEFINITION.replace("{\"name\":\"value\"}", "{\"name\":\"room\",\"required\":true}"),
      DEFINITION.replace("\"attributes\":[", "\"attributes\":[{\"name\":\"x\",\"required\":true},"),
      DEFINITION.replace("\"User\"", "\"Group\""),
      noDesks
    };

    assertThat(noDesks).doesNotContain("desks");
    for (String definition : narrower) {
      Answer refused = define(URN, definition, "");
      assertThat(refused.status()).as(definition).isEqualTo(409);
      assertThat(refused.json().path("users").asInt()).as(definition).isEqualTo(1);
    }
    idp.create(user("none@example.com"));
    Answer required = define(URN, DEFINITION.replace("\"User\"", "\"User\",\"required\":true"), "");
    assertThat(required.status()).isEqualTo(409);
    assertThat(required.json().path("detail").asText()).contains("1 user(s)", "required");
  }

  @Test
  void widensAtOnce() {
    UUID ada = create("ada").id();
    String wider =
        DEFINITION
            .replace("[\"7\",\"8\"]", "[\"7\",\"8\",\"9\"]")
            .replace("\"attributes\":[", "\"description\":\"HR\",\"attributes\":[{\"name\":\"x\"},")
            .replace("\"integer\"", "\"decimal\"");

    assertThat(define(URN, wider, "").status()).isEqualTo(200);
    assertThat(idp.get(ada).json().path(URN)).isEqualTo(Json.stored(CONTAINER));
    assertThat(idp.patch(ada, set(URN + ":x", "\"y\"")).status()).isEqualTo(200);
  }

  @Test
  void dropsOnlyWhatDoesNotFitANarrowerDefinition() {
    Answer fetched = create("ada");
    UUID ada = fetched.id();
    String narrower =
        DEFINITION
            .replace("\"grade\",\"type\":\"string\"", "\"grade\",\"type\":\"dateTime\"")
            .replace(",{\"name\":\"floor\",\"type\":\"integer\"}", "");
    JsonNode left = Json.stored("{\"badge\":\"B-1\",\"desks\":[{\"value\":\"A1\"}]}");

    Answer begun = define(URN, narrower, "?force=true");

    assertThat(begun.status()).isEqualTo(202);
    assertThat(idp.get(ada).json().path(URN)).isEqualTo(left);
    assertThat(idp.replace(ada, (ObjectNode) fetched.json()).json().path(URN)).isEqualTo(left);
    finish(begun.header("Location"));
    assertThat(idp.get(ada).json().path(URN)).isEqualTo(left);
    assertThat(stored("ada")).contains("B-1").doesNotContain("seven", "floor");
    assertThat(idp.patch(ada, set(URN + ":grade", "\"2026-01-01T00:00:00Z\"")).status())
        .isEqualTo(200);
  }

  @Test
  void cleansGroupsToo() {
    define(TEAM, "{\"resourceType\":\"Group\",\"attributes\":[{\"name\":\"colour\"}]}", "");
    ObjectNode wanted = group("Engineers");
    wanted.withArray("schemas").add(TEAM);
    wanted.putObject(TEAM).put("colour", "red");
    Answer created = idp.call("POST", "/Groups", wanted);
    assertThat(created.json().path(TEAM).path("colour").asText()).isEqualTo("red");

    Answer refused = delete(TEAM, "");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("groups").asInt()).isEqualTo(1);
    Answer begun = delete(TEAM, "?force=true");
    assertThat(idp.group(created.id()).http().body()).doesNotContain("red", TEAM);
    finish(begun.header("Location"));

    assertThat(idp.group(created.id()).header("ETag")).isNotEqualTo(created.header("ETag"));
    assertThat(
            gateway
                .owner()
                .sql("select doc::text || search::text from person_group where id = ?")
                .param(created.id())
                .query(String.class)
                .single())
        .doesNotContain("red", "team");
  }

  @Test
  void dropsTheValuesOfLeaversAndOfLocalUsersAndCountsThem() {
    UUID ada = create("ada").id();
    UUID grace = create("grace").id();
    idp.delete(ada);
    idp.patch(grace, set("active", "false"));
    new CsvClient(gateway, idp.tenant()).bring("userName," + URN + ":badge\nlocal,B-1\n");

    assertThat(delete(URN, "").json().path("users").asInt()).isEqualTo(3);
    Answer begun = delete(URN, "?force=true");
    assertThat(finish(begun.header("Location")).path("done").asInt()).isEqualTo(3);

    assertThat(stored("ada") + stored("grace") + stored("local")).doesNotContain("B-1");
    Answer back = gateway.admin("POST", "/users/" + ada + "/restore", Json.object());
    assertThat(back.status()).isLessThan(300);
    assertThat(idp.get(ada).http().body()).contains("ada@example.com").doesNotContain(URN);
  }

  @Test
  void refusesAColumnOfADeletedSchema() {
    create("ada");
    delete(URN, "?force=true");

    Answer refused =
        new CsvClient(gateway, idp.tenant()).bring("userName," + URN + ":badge\nlocal,B-1\n");

    assertThat(refused.status()).isEqualTo(400);
  }

  /** Where unknown extensions are kept, a deleted one is not an unknown one. */
  @Test
  void hidesTheValuesAlsoWhereUnknownExtensionsAreKept() {
    create("ada");
    ScimClient entra = gateway.connection(idp.tenant(), "entra");
    ObjectNode grace = user("grace@example.com");
    grace.withArray("schemas").add(URN);
    grace.set(URN, Json.stored(CONTAINER));
    UUID id = entra.create(grace).id();
    assertThat(entra.get(id).http().body()).contains("B-1");

    delete(URN, "?force=true");

    assertThat(entra.get(id).http().body()).doesNotContain("B-1", URN);
    assertThat(entra.replace(id, grace).http().body()).doesNotContain("B-1", URN);
    assertThat(stored("grace")).doesNotContain("B-1");
  }

  private Answer create(String name) {
    ObjectNode user = user(name + "@example.com");
    user.withArray("schemas").add(URN);
    user.set(URN, Json.stored(CONTAINER));
    Answer created = idp.create(user);
    assertThat(created.status()).as(created.http().body()).isEqualTo(201);
    return created;
  }

  /** Takes the steps of a job. */
  private JsonNode finish(String location) {
    String path = location.substring(location.indexOf("/tenants/"));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              gateway.bean(SchemaCleanup.class).step();
              return gateway.admin("GET", path, null).json().path("state").asText().equals("done");
            });
    JsonNode ended = gateway.admin("GET", path, null).json();
    assertThat(ended.path("failed").asInt()).isZero();
    assertThat(ended.path("endedAt").isTextual()).isTrue();
    return ended;
  }

  private static JsonNode entry(JsonNode audit, String action) {
    for (JsonNode entry : audit) {
      if (entry.path("action").asText().equals(action)) {
        return entry;
      }
    }
    throw new AssertionError("no " + action + " in " + audit);
  }

  private String stored(String name) {
    return gateway
        .owner()
        .sql(
            """
            select doc::text || search::text from person
             where tenant_id = (select id from tenant where slug = ?) and user_name_key like ? || '%'
            """)
        .params(idp.tenant(), name)
        .query(String.class)
        .single();
  }

  private static String set(String path, String value) {
    return "{\"op\":\"replace\",\"path\":\"" + path + "\",\"value\":" + value + "}";
  }

  private Answer define(String urn, String definition, String query) {
    return gateway.call("PUT", path(urn, query), Gateway.ADMIN_TOKEN, definition);
  }

  private Answer delete(String urn, String query) {
    return gateway.call("DELETE", path(urn, query), Gateway.ADMIN_TOKEN, null);
  }

  private String path(String urn, String query) {
    return "/admin/api/v1/tenants/" + idp.tenant() + "/schemas/" + urn + query;
  }
}
