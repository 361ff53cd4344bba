package io.gatehouse.admin.imports;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.directory.UserImport;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schema;
import io.gatehouse.store.LostRaceException;
import io.gatehouse.support.CsvClient;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Users from a CSV file: people whom no connection controls, all of them or nobody. */
class ImportTest {

  private final Gateway gateway = Gateway.shared();
  private final CsvClient hr = new CsvClient(gateway);
  private final String tenant = hr.tenant();

  @Test
  void bringsInEveryLine() {
    Answer done =
        hr.bring(
            "userName,givenName,familyName,email\nada,Ada,Lovelace,ada@example.com\ngrace,,,\n");

    assertThat(done.status()).isEqualTo(200);
    assertThat(done.header("Content-Type")).startsWith("application/json");
    assertThat(done.json())
        .isEqualTo(
            Json.stored(
                """
                {"dryRun": false, "lines": 2, "created": 2, "restored": 0, "refused": 0, "results": [
                  {"line": 2, "userName": "ada", "status": "created", "id": "%s"},
                  {"line": 3, "userName": "grace", "status": "created", "id": "%s"}]}
                """
                    .formatted(hr.id("ada"), hr.id("grace"))));
    assertThat(hr.stored("ada"))
        .isEqualTo(
            Json.stored(
                """
                {"userName": "ada", "active": true, "name": {"givenName": "Ada", "familyName": "Lovelace"},
                 "emails": [{"type": "work", "value": "ada@example.com", "primary": true}],
                 "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"]}
                """));
    assertThat(hr.stored("grace"))
        .isEqualTo(
            Json.stored(
                """
                {"userName": "grace", "active": true, "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"]}
                """));
  }

  @Test
  void keepsNobodyWhenOneLineIsWrongAndReportsEachThatIs() {
    Answer refused =
        hr.bring("userName,active\nada,true\ngrace,maybe\n,true\nbob,true,x\nZoe\uFEFF,true\n");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(refused.json())
        .isEqualTo(
            Json.stored(
                """
                {"title": "Unprocessable Content", "status": 422,
                 "detail": "Nothing was imported, because 4 of 5 lines are refused.",
                 "dryRun": false, "lines": 5, "created": 0, "restored": 0, "refused": 4, "results": [
                  {"line": 3, "userName": "grace", "status": "refused",
                   "detail": "'active' must be a boolean: true or false."},
                  {"line": 4, "status": "refused", "detail": "The attribute 'userName' is required."},
                  {"line": 5, "userName": "bob", "status": "refused",
                   "detail": "The line has 3 cells, and the header 2."},
                  {"line": 6, "userName": "Zoe\uFEFF", "status": "refused",
                   "detail": "'userName' has a character that cannot be seen."}]}
                """));
    assertThat(hr.people()).isZero();
  }

  @Test
  void refusesAUserNameThatAnEarlierLineHasInAnyCase() {
    Answer refused = hr.bring("userName\nada\nADA\n");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("results")).hasSize(1);
    assertThat(refused.json().at("/results/0/line").asInt()).isEqualTo(3);
    assertThat(hr.people()).isZero();
  }

  @Test
  void refusesAUserNameOfAnEarlierLineFarAbove() {
    StringBuilder file = new StringBuilder("userName\nada\n");
    for (int i = 0; i < 1_200; i++) {
      file.append("user").append(i).append('\n');
    }
    Answer refused = hr.bring(file + "Ada\n");

    assertThat(refused.json().path("results"))
        .extracting(it -> it.path("line").asInt())
        .containsExactly(1_203);
  }

  @Test
  void refusesAUserNameThatSomebodyOfAConnectionHas() {
    gateway.connection(tenant, "standard").create(user("ada@example.com"));

    Answer refused = hr.bring("userName\ngrace\nAda@Example.com\n");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().at("/results/0/line").asInt()).isEqualTo(3);
    assertThat(refused.json().at("/results/0/detail").asText())
        .isEqualTo("Another user has this userName.");
    assertThat(hr.people()).isEqualTo(1);
  }

  @Test
  void listsAThousandRefusedLinesAndSaysThatThereAreMore() {
    Answer refused = hr.bring("userName\n" + "ada\n".repeat(1_002));

    assertThat(refused.json().path("refused").asInt()).isEqualTo(1_001);
    assertThat(refused.json().path("results")).hasSize(1_000);
    assertThat(refused.json().path("truncated").asBoolean()).isTrue();
  }

  @Test
  void triesWithoutWritingInADryRun() throws Exception {
    try (Subscriber training = subscriber()) {
      Answer tried =
          hr.bring("&dryRun=true", "userName\nada\nADA\ngrace\n".getBytes(StandardCharsets.UTF_8));

      assertThat(tried.status()).isEqualTo(200);
      assertThat(tried.json())
          .isEqualTo(
              Json.stored(
                  """
                  {"dryRun": true, "lines": 3, "created": 2, "restored": 0, "refused": 1, "results": [
                    {"line": 2, "userName": "ada", "status": "created"},
                    {"line": 3, "userName": "ADA", "status": "refused", "detail": "Another user has this userName."},
                    {"line": 4, "userName": "grace", "status": "created"}]}
                  """));
      assertThat(hr.people()).isZero();
      assertThat(training.all()).isEmpty();
      assertThat(acts()).isZero();
    }
  }

  @Test
  void announcesAndRecordsEachUser() throws Exception {
    try (Subscriber training = subscriber()) {
      hr.bring("userName\nada\ngrace\n");

      List<ObjectNode> events = training.all();
      assertThat(events)
          .extracting(it -> it.path("type").asText())
          .containsExactly("gatehouse.user.created.v1", "gatehouse.user.created.v1");
      assertThat(events)
          .extracting(it -> it.at("/data/id").asText())
          .containsExactly(hr.id("ada"), hr.id("grace"));
      assertThat(events.get(0).at("/data/lifecycle/state").asText()).isEqualTo("unmanaged");
      assertThat(acts()).isEqualTo(1);
      assertThat(
              hr.count(
                  "select count(*) from audit_entry where tenant_id = ? and action = 'user.create'"))
          .isEqualTo(2);
    }
  }

  @Test
  void bringsBackSomebodyWhoWasRemoved() {
    hr.bring("userName,title\nada,Countess\n");
    String ada = hr.id("ada");
    gateway.admin("DELETE", "/users/" + ada, null);

    Answer back = hr.bring("userName,title\nADA,Programmer\n");

    assertThat(back.json().path("restored").asInt()).isEqualTo(1);
    assertThat(back.json().at("/results/0"))
        .isEqualTo(
            Json.object()
                .put("line", 2)
                .put("userName", "ADA")
                .put("status", "restored")
                .put("id", ada));
    assertThat(hr.stored("ada").path("title").asText()).isEqualTo("Programmer");
  }

  @Test
  void keepsAnImportedUserFromTheConnectionUntilItIsLinked() {
    ScimClient idp = gateway.connection(tenant, "standard");
    hr.bring("userName\nada@example.com\n");
    UUID ada = UUID.fromString(hr.id("ada@example.com"));

    assertThat(idp.get(ada).status()).isEqualTo(404);
    assertThat(idp.find("userName eq \"ada@example.com\"").json().path("totalResults").asInt())
        .isZero();
    assertThat(idp.create(user("ada@example.com")).id()).isEqualTo(ada);
  }

  @Test
  void asksForATenantAndForCsv() {
    assertThat(hr.post("/users/import", "text/csv", "userName\nada\n").status()).isEqualTo(400);
    assertThat(hr.post("/users/import?tenant=nobody", "text/csv", "userName\n").status())
        .isEqualTo(400);
    Answer json = hr.post("/users/import?tenant=" + tenant, "application/json", "{}");
    assertThat(json.status()).isEqualTo(415);
    assertThat(json.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(
            hr.post("/users/import?tenant=" + tenant, "text/csv; charset=iso-8859-1", "userName\n")
                .status())
        .isEqualTo(415);
    assertThat(
            hr.post("/users/import?tenant=" + tenant, "text/csv; charset=utf-8", "userName\n")
                .status())
        .isEqualTo(200);
  }

  @Test
  void leavesNoFileBehind() throws IOException {
    hr.bring("userName\nada\n");
    hr.bring("userName\nada\n");
    hr.bring("title\n");

    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(files.filter(it -> it.toString().endsWith(".spool"))).isEmpty();
    }
  }

  @Test
  void keepsNobodyFromTheUsersOfAConnectionWhileItRuns() {
    ScimClient idp = gateway.connection(tenant, "standard");
    UUID ada = idp.create(user("user0")).id();

    during(
        1_200,
        () ->
            assertThat(
                    idp.patch(ada, "{\"op\":\"add\",\"path\":\"title\",\"value\":\"x\"}").status())
                .isEqualTo(200));
  }

  @Test
  void letsAnotherImportOfTheTenantWaitAndGiveUp() {
    during(
        600,
        () -> {
          Answer second = hr.bring("userName\nada\n");
          assertThat(second.status()).isEqualTo(409);
          assertThat(second.json().path("detail").asText()).contains("Import again");
          assertThat(new CsvClient(gateway).bring("userName\nada\n").status()).isEqualTo(200);
        });

    assertThat(hr.bring("userName\nada\n").status()).isEqualTo(200);
  }

  @Test
  void bringsInNobodyWhenSomebodyElseTakesAUserNameMeanwhile() {
    ScimClient idp = gateway.connection(tenant, "standard");
    Iterator<UserImport.Line> lines = List.of(line(0), line(1)).iterator();

    assertThatThrownBy(
            () ->
                gateway
                    .bean(UserImport.class)
                    .run(admin(), false, lines, it -> idp.create(user("user1"))))
        .isInstanceOf(LostRaceException.class);
    assertThat(hr.people()).isEqualTo(1);
  }

  private void during(int lines, Runnable work) {
    Iterator<UserImport.Line> all =
        IntStream.range(0, lines)
            .mapToObj(
                i -> {
                  if (i == lines - 1) {
                    work.run();
                  }
                  return line(i);
                })
            .iterator();
    gateway.bean(UserImport.class).run(admin(), false, all, it -> {});
  }

  private Caller admin() {
    return Caller.admin(hr.tenantId(), tenant);
  }

  private static UserImport.Line line(int number) {
    ObjectNode user = Json.object().put("userName", "user" + number).put("active", true);
    user.putArray("schemas").add(Schema.USER);
    return new UserImport.Line(number, null, () -> user);
  }

  private Subscriber subscriber() throws Exception {
    return Subscriber.of(gateway.subscription(tenant, "training"));
  }

  private long acts() {
    return hr.count(
        "select count(*) from audit_entry where tenant_id = ? and action = 'users.import'");
  }
}
