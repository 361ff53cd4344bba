package io.gatehouse;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.PendingOutcomes;
import io.gatehouse.lifecycle.SchemaCleanups;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.PullClient;
import io.gatehouse.support.SchemaClient;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a changed schema leaves behind: users who lack what is required now, values in the log and
 * in the outbox, PATCHes by clients that know the old one, jobs that have failed.
 */
class SchemaRemainsTest {

  private static final String URN = "urn:example:hr";
  private static final String DEFINITION =
      """
      {"resourceType":"User","attributes":[
        {"name":"badge","type":"string"},
        {"name":"grade","type":"string"},
        {"name":"desks","type":"complex","multiValued":true,"subAttributes":[
          {"name":"value"},{"name":"floor","type":"integer"}]}]}
      """;
  private static final String CONTAINER =
      """
      {"badge":"B-1","grade":"seven","desks":[{"value":"A1","floor":3}]}
      """;
  private static final String NARROWER =
      DEFINITION
          .replace("\"grade\",\"type\":\"string\"", "\"grade\",\"type\":\"dateTime\"")
          .replace(",{\"name\":\"floor\",\"type\":\"integer\"}", "");
  private static final String OBLIGATORY =
      """
      {"resourceType":"User","required":true,"attributes":[
        {"name":"badge","required":true},{"name":"grade"}]}
      """;

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");
  private final SchemaClient schemas = new SchemaClient(gateway, idp.tenant());

  @BeforeEach
  void holdTheJob() throws Exception {
    gateway.bean(CamelContext.class).getRouteController().stopRoute("lifecycle-schema-cleanup");
  }

  @AfterEach
  void letTheJobGo() throws Exception {
    gateway.bean(CamelContext.class).getRouteController().startRoute("lifecycle-schema-cleanup");
  }

  @Test
  void neverKeepsAUserActiveWhoLacksWhatIsRequiredNow() {
    for (String profile : new String[] {"standard", "entra", "okta", "onelogin"}) {
      ScimClient client = gateway.connection(profile);
      SchemaClient admin = new SchemaClient(gateway, client.tenant());
      UUID ada = client.create(user("ada@example.com")).id();
      UUID grace = client.create(user("grace@example.com")).id();
      Answer refused = admin.define(URN, OBLIGATORY, "");
      assertThat(refused.status()).as(profile).isEqualTo(409);
      assertThat(refused.json().path("users").asInt()).as(profile).isEqualTo(2);
      assertThat(admin.define(URN, OBLIGATORY, "?force=true").status()).isEqualTo(200);

      Answer titled = client.patch(ada, replace("title", "\"Countess\""));
      Answer patched = client.patch(ada, replace("active", "false"));
      Answer replaced = client.replace(grace, user("grace@example.com").put("active", false));

      for (Answer it : new Answer[] {titled, patched, replaced}) {
        assertThat(it.status()).as(profile + it.http().body()).isIn(200, 204);
      }
      assertThat(client.get(ada).json().path("active").asBoolean(true)).as(profile).isFalse();
      assertThat(client.get(ada).json().path("title").asText()).isEqualTo("Countess");
      assertThat(client.get(grace).json().path("active").asBoolean(true)).as(profile).isFalse();
      assertThat(client.create(user("new@example.com")).status()).as(profile).isEqualTo(400);
    }
  }

  @Test
  void keepsWhatIsRequiredAndThereUntilTheUserLeaves() {
    schemas.define(URN, OBLIGATORY, "");
    UUID ada = create("ada", "{\"badge\":\"B-1\",\"grade\":\"7\"}").id();
    ObjectNode part = user("ada@example.com");
    part.withArray("schemas").add(URN);
    part.set(URN, Json.stored("{\"grade\":\"8\"}"));

    assertThat(idp.replace(ada, user("ada@example.com")).status()).isEqualTo(400);
    assertThat(idp.replace(ada, part).status()).isEqualTo(400);
    assertThat(idp.patch(ada, "{\"op\":\"remove\",\"path\":\"" + URN + "\"}").status())
        .isEqualTo(400);
    assertThat(idp.get(ada).json().path(URN).path("badge").asText()).isEqualTo("B-1");
    assertThat(idp.replace(ada, user("ada@example.com").put("active", false)).status())
        .isEqualTo(200);
  }

  @Test
  void leavesOutNothingOfASchemaWhoseUrnGoesOn() {
    String longer = URN + ":contractor";
    String definition = "{\"resourceType\":\"User\",\"attributes\":[{\"name\":\"firm\"}]}";
    schemas.define(URN, DEFINITION, "");
    schemas.define(longer, definition, "");
    UUID ada = create("ada", CONTAINER).id();
    assertThat(schemas.delete(URN, "?force=true").status()).isEqualTo(202);

    Answer patched = idp.patch(ada, replace(longer + ":firm", "\"Acme\""));
    Answer pathless =
        idp.patch(
            ada,
            "{\"op\":\"add\",\"value\":{\"%s\":{\"firm\":\"Ajax\"},\"%s:grade\":\"x\"}}"
                .formatted(longer, URN));

    assertThat(patched.json().path(longer).path("firm").asText()).isEqualTo("Acme");
    assertThat(pathless.json().path(longer).path("firm").asText()).isEqualTo("Ajax");
    for (String reserved : new String[] {"urn:ietf:params", "URN:ietf:params:SCIM"}) {
      assertThat(schemas.define(reserved, definition, "").status()).as(reserved).isEqualTo(400);
    }
  }

  @Test
  void hidesValuesInTheLogForAsLongAsItKeepsThem() {
    Answer subscription = gateway.subscription(idp.tenant(), "hr", "hr");
    schemas.define(URN, DEFINITION, "");
    UUID ada = create("ada", CONTAINER).id();
    idp.patch(ada, replace(URN + ":grade", "\"eight\""));
    PullClient hr = PullClient.of(gateway, subscription);
    await().until(() -> hr.all(0, 100).size() == 2);
    assertThat(hr.all(0, 100).toString()).contains("B-1", "seven", "eight");

    assertThat(schemas.finish(schemas.define(URN, NARROWER, "?force=true")).path("state").asText())
        .isEqualTo("done");
    await().until(() -> hr.all(0, 100).size() == 3);
    assertThat(hr.all(0, 100).toString()).contains("B-1").doesNotContain("seven", "eight", "floor");
    schemas.finish(schemas.delete(URN, "?force=true"));
    age("schema_change", "started_at", 200);
    age("schema_change", "ended_at", 200);
    age("change", "occurred_at", 300);
    gateway.bean(SchemaCleanups.class).forget();

    await().until(() -> hr.all(0, 100).size() == 4);
    String all = hr.all(0, 100).toString();
    assertThat(all).contains(URN).doesNotContain("B-1", "seven", "eight", "A1");
  }

  @Test
  void announcesNoValueThatWaitsInTheOutbox() throws Exception {
    Answer subscription = gateway.subscription(idp.tenant(), "hr", "hr");
    schemas.define(URN, DEFINITION, "");
    var routes = gateway.bean(CamelContext.class).getRouteController();
    routes.stopRoute("change-relay", 100, TimeUnit.MILLISECONDS);
    try {
      create("ada", CONTAINER);
      assertThat(schemas.delete(URN, "?force=true").status()).isEqualTo(202);
    } finally {
      routes.startRoute("change-relay");
    }

    try (Subscriber hr = Subscriber.of(subscription)) {
      ObjectNode created = hr.next();
      assertThat(created.path("type").asText()).isEqualTo("gatehouse.user.created.v1");
      assertThat(created.toString()).contains("ada@example.com").doesNotContain("B-1", URN);
    }
  }

  @Test
  void looksAtValuesThatWereKeptBeforeTheFirstDefinition() {
    ScimClient entra = gateway.connection(idp.tenant(), "entra");
    ObjectNode ada = user("ada@example.com");
    ada.withArray("schemas").add(URN);
    ada.set(URN, Json.stored("{\"badge\":5,\"grade\":\"seven\"}"));
    UUID id = entra.create(ada).id();
    ObjectNode grace = user("grace@example.com");
    grace.withArray("schemas").add(URN);
    grace.set(URN, Json.stored("{\"badge\":\"B-2\"}"));
    UUID fits = entra.create(grace).id();

    Answer refused = schemas.define(URN, DEFINITION, "");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("users").asInt()).isEqualTo(1);
    assertThat(entra.get(id).json().path(URN).path("badge").asInt()).isEqualTo(5);
    Answer begun = schemas.define(URN, DEFINITION, "?force=true");
    assertThat(begun.status()).isEqualTo(202);

    JsonNode left = Json.stored("{\"grade\":\"seven\"}");
    assertThat(entra.get(id).json().path(URN)).isEqualTo(left);
    assertThat(schemas.finish(begun).path("done").asInt()).isEqualTo(1);
    assertThat(entra.get(id).json().path(URN)).isEqualTo(left);
    assertThat(entra.get(fits).json().path(URN).path("badge").asText()).isEqualTo("B-2");
  }

  @Test
  void definesAtOnceWhatWasKeptAndFits() {
    ScimClient entra = gateway.connection(idp.tenant(), "entra");
    ObjectNode ada = user("ada@example.com");
    ada.withArray("schemas").add(URN);
    ada.set(URN, Json.stored(CONTAINER));
    UUID id = entra.create(ada).id();

    assertThat(schemas.define(URN, DEFINITION, "").status()).isEqualTo(200);
    assertThat(entra.get(id).json().path(URN)).isEqualTo(Json.stored(CONTAINER));
    assertThat(idp.create(user("x@example.com")).status()).isEqualTo(201);
    Answer wrong = entra.patch(id, replace(URN + ":desks", "[{\"value\":\"A1\",\"floor\":\"x\"}]"));
    assertThat(wrong.status()).isEqualTo(400);
  }

  @Test
  void leavesTheUrnOfADeletedSchemaOutOfSchemas() {
    schemas.define(URN, DEFINITION, "");
    UUID ada = create("ada", CONTAINER).id();
    schemas.delete(URN, "?force=true");
    String core = "urn:ietf:params:scim:schemas:core:2.0:User";

    Answer removed =
        idp.patchAll(
            ada,
            "{\"op\":\"remove\",\"path\":\"schemas\",\"value\":[\"" + URN + "\"]}",
            replace("title", "\"a\""));
    Answer replaced =
        idp.patchAll(
            ada,
            replace("schemas", "[\"" + core + "\",\"" + URN + "\"]"),
            replace("title", "\"b\""));

    assertThat(removed.json().path("title").asText()).as(removed.http().body()).isEqualTo("a");
    assertThat(replaced.json().path("title").asText()).as(replaced.http().body()).isEqualTo("b");
    assertThat(timeline(ada)).contains(leftOut(URN));
  }

  @Test
  void leavesOutOfAPatchWhatDoesNotFitAndAppliesTheRest() {
    schemas.define(URN, DEFINITION, "");
    UUID ada = create("ada", CONTAINER).id();
    assertThat(schemas.define(URN, NARROWER, "?force=true").status()).isEqualTo(202);
    String container = CONTAINER.replace("B-1", "B-%d").replace("A1", "A%<d");
    String[] operations = {
      replace(URN + ":grade", "\"eight\""),
      replace(URN, container.formatted(2)),
      "{\"op\":\"add\",\"value\":{\"" + URN + "\":" + container.formatted(3) + "}}",
      "{\"op\":\"remove\",\"path\":\"" + URN + ":desks[value eq \\\"A3\\\"].floor\"}",
      replace(URN + ":desks[value eq \\\"A3\\\"].floor", "4")
    };

    for (int i = 0; i < operations.length; i++) {
      Answer patched = idp.patchAll(ada, operations[i], replace("title", "\"t" + i + "\""));
      assertThat(patched.status()).as(operations[i] + patched.http().body()).isEqualTo(200);
      assertThat(patched.json().path("title").asText()).isEqualTo("t" + i);
    }

    JsonNode left = idp.get(ada).json().path(URN);
    assertThat(left.path("badge").asText()).isEqualTo("B-3");
    assertThat(left.toString()).contains("A3").doesNotContain("grade", "floor");
    assertThat(timeline(ada)).contains(leftOut(URN + ":grade"));
    assertThat(idp.patch(ada, replace(URN + ":desks[value eq", "1")).status()).isEqualTo(400);
    Answer fits = idp.patch(ada, replace(URN + ":grade", "\"2026-01-01T00:00:00Z\""));
    assertThat(fits.json().path(URN).path("grade").asText()).isEqualTo("2026-01-01T00:00:00Z");
  }

  @Test
  void leavesItOutOfABulkRequest() {
    schemas.define(URN, DEFINITION, "");
    Answer fetched = create("ada", CONTAINER);
    schemas.delete(URN, "?force=true");
    ObjectNode bulk = Json.object();
    bulk.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:BulkRequest");
    ObjectNode put = bulk.putArray("Operations").addObject();
    put.put("method", "PUT").put("path", "/Users/" + fetched.id());
    put.set("data", ((ObjectNode) fetched.json()).put("title", "Countess"));

    Answer answer = idp.call("POST", "/Bulk", bulk);

    assertThat(answer.json().at("/Operations/0/status").asText())
        .as(answer.http().body())
        .isEqualTo("200");
    assertThat(idp.get(fetched.id()).json().path("title").asText()).isEqualTo("Countess");
    assertThat(idp.get(fetched.id()).http().body()).doesNotContain("B-1", URN);
    assertThat(timeline(fetched.id())).contains(leftOut(URN));
  }

  @Test
  void conformsCommandsThatWereQueuedBeforeTheDeletion() throws Exception {
    schemas.define(URN, DEFINITION, "");
    UUID grace = idp.create(user("grace@example.com")).id();
    var routes = gateway.bean(CamelContext.class).getRouteController();
    routes.stopRoute("command-apply");
    CompletableFuture<Answer> created;
    CompletableFuture<Answer> patched;
    try {
      created = CompletableFuture.supplyAsync(() -> create("ada", CONTAINER));
      patched =
          CompletableFuture.supplyAsync(
              () ->
                  idp.patchAll(
                      grace, replace(URN + ":badge", "\"B-1\""), replace("title", "\"Dr\"")));
      await().until(() -> gateway.bean(PendingOutcomes.class).count() >= 2);
      assertThat(schemas.delete(URN, "").status()).isEqualTo(204);
    } finally {
      routes.startRoute("command-apply");
    }

    assertThat(created.get().http().body()).doesNotContain("B-1", URN);
    assertThat(timeline(created.get().id())).contains(leftOut(URN));
    assertThat(patched.get().json().path("title").asText())
        .as(patched.get().http().body())
        .isEqualTo("Dr");
    assertThat(timeline(grace)).contains(leftOut(URN + ":badge"));
  }

  @Test
  void takesUpAgainWhatAJobCouldNotFinish() {
    schemas.define(URN, DEFINITION, "");
    UUID ada = create("ada", CONTAINER).id();
    JsonNode failed = broken(ada, () -> schemas.delete(URN, "?force=true"));
    assertThat(failed.path("state").asText()).isEqualTo("failed");
    assertThat(failed.path("failed").asInt()).isEqualTo(1);
    assertThat(idp.get(ada).http().body()).doesNotContain("B-1");

    Answer refused = schemas.delete(URN, "");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("users").asInt()).isEqualTo(1);
    Answer again = schemas.delete(URN, "?force=true");
    assertThat(again.status()).isEqualTo(202);
    assertThat(schemas.finish(again).path("state").asText()).isEqualTo("done");

    assertThat(stored(ada)).doesNotContain("B-1");
    assertThat(schemas.delete(URN, "?force=true").status()).isEqualTo(404);
  }

  @Test
  void takesUpAgainWhatAJobOfANarrowerSchemaCouldNotFinish() {
    schemas.define(URN, DEFINITION, "");
    UUID ada = create("ada", CONTAINER).id();
    broken(ada, () -> schemas.define(URN, NARROWER, "?force=true"));

    assertThat(schemas.define(URN, NARROWER, "").status()).isEqualTo(409);
    Answer again = schemas.define(URN, NARROWER, "?force=true");
    assertThat(again.status()).isEqualTo(202);
    assertThat(schemas.finish(again).path("state").asText()).isEqualTo("done");

    assertThat(stored(ada)).contains("B-1").doesNotContain("seven");
    assertThat(schemas.define(URN, NARROWER, "").status()).isEqualTo(200);
  }

  /** The end of a job while the database refuses to change one user. */
  private JsonNode broken(UUID user, java.util.function.Supplier<Answer> begin) {
    String name = "broken_" + user.toString().replace('-', '_');
    gateway
        .owner()
        .sql(
            """
            create function %1$s() returns trigger language plpgsql as
            $$ begin raise exception 'not this one'; end $$
            """
                .formatted(name))
        .update();
    gateway
        .owner()
        .sql(
            "create trigger %1$s before update on person for each row when (old.id = '%2$s') execute function %1$s()"
                .formatted(name, user))
        .update();
    try {
      Answer begun = begin.get();
      assertThat(begun.status()).as(begun.http().body()).isEqualTo(202);
      return schemas.finish(begun);
    } finally {
      gateway.owner().sql("drop function " + name + " cascade").update();
    }
  }

  private void age(String table, String column, int days) {
    gateway.sql(
        "update %1$s set %2$s = %2$s - interval '%3$d days' where tenant_id = (select id from tenant where slug = ?)"
            .formatted(table, column, days),
        idp.tenant());
  }

  private Answer create(String name, String container) {
    ObjectNode user = user(name + "@example.com");
    user.withArray("schemas").add(URN);
    user.set(URN, Json.stored(container));
    Answer created = idp.create(user);
    assertThat(created.status()).as(created.http().body()).isEqualTo(201);
    return created;
  }

  private String stored(UUID id) {
    return gateway
        .owner()
        .sql("select doc::text || search::text from person where id = ?")
        .param(id)
        .query(String.class)
        .single();
  }

  private String timeline(UUID id) {
    return gateway.admin("GET", "/users/" + id + "/timeline", null).http().body();
  }

  private static String leftOut(String path) {
    return "{\"quirk\":\"leave-out-retired-values\",\"path\":\"" + path + "\"}";
  }

  private static String replace(String path, String value) {
    return "{\"op\":\"replace\",\"path\":\"" + path + "\",\"value\":" + value + "}";
  }
}
