package io.gatehouse.conformance;

import static io.gatehouse.conformance.Scim.BULK;
import static io.gatehouse.conformance.Scim.BULK_ANSWER;
import static io.gatehouse.conformance.Scim.ENT;
import static io.gatehouse.conformance.Scim.LIST;
import static io.gatehouse.conformance.Scim.bulk;
import static io.gatehouse.conformance.Scim.find;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.group;
import static io.gatehouse.conformance.Scim.json;
import static io.gatehouse.conformance.Scim.names;
import static io.gatehouse.conformance.Scim.operationError;
import static io.gatehouse.conformance.Scim.patchOf;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.send;
import static io.gatehouse.conformance.Scim.total;
import static io.gatehouse.conformance.Scim.userWith;
import static io.gatehouse.conformance.Scim.values;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section U: bulk. */
class BulkConformanceTest {

  private static final int MAX_PAYLOAD = 1_048_576;

  private final ScimClient idp = Gateway.shared().connection("standard");

  @Test
  void u01_answersOkWhateverBecomesOfTheOperations() {
    Answer answer = bulk(idp, "{'method':'DELETE','path':'/Users/" + UUID.randomUUID() + "'}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
    assertThat(answer.json().path("schemas")).isEqualTo(Json.array().add(BULK_ANSWER));
    operationError(operation(answer, 0), 404, null);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "{'Operations':[{'method':'DELETE','path':'/Users/1'}]}",
        "{'schemas':['" + LIST + "'],'Operations':[{'method':'DELETE','path':'/Users/1'}]}",
        "{'schemas':['" + BULK + "']}",
        "{'schemas':['" + BULK + "'],'Operations':{}}",
        "{'schemas':['" + BULK + "'],'Operations':['x']}"
      })
  void u01_demandsABulkRequest(String message) {
    scimError(idp.call("POST", "/Bulk", json(message)), 400, "invalidSyntax");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "{'method':'GET','path':'/Users'}",
        "{'method':'MOVE','path':'/Users','bulkId':'a','data':{}}",
        "{'path':'/Users','bulkId':'a','data':{}}",
        "{'method':'POST','bulkId':'a','data':{}}",
        "{'method':'POST','path':'/Users','bulkId':'a'}",
        "{'method':'POST','path':'/Users','data':{'schemas':['USER'],'userName':'eve'}}",
        "{'method':'PUT','path':'/Users/USERID'}",
        "{'method':'PATCH','path':'/Users/USERID'}"
      })
  void u02_refusesAnOperationThatIsIncomplete(String wrong) {
    UUID ada = idp.create(user("ada@example.com")).id();
    Answer answer = bulk(idp, wrong.replace("USERID", ada.toString()).replace("USER", Schema.USER));

    assertThat(answer.status()).isEqualTo(200);
    JsonNode operation = operation(answer, 0);
    assertThat(operation.path("status").asText()).isEqualTo("400");
    assertThat(operation.path("response").path("status").asText()).isEqualTo("400");
    assertThat(names(get(idp, "/Users"))).containsExactly("ada@example.com");
  }

  @Test
  void u03_reportsEveryOperation() {
    UUID eve = idp.create(user("eve@example.com")).id();
    String path = "/Users/" + eve;
    Answer answer =
        bulk(
            idp,
            create("a", "ada@example.com"),
            create("b", "eve@example.com"),
            "{'method':'PATCH','path':'" + path + "','bulkId':'c','data':" + title() + "}",
            "{'method':'PUT','path':'" + path + "','data':" + user("eve@example.com") + "}",
            "{'method':'DELETE','path':'" + path + "'}");

    JsonNode operations = answer.json().path("Operations");
    assertThat(operations.findValuesAsText("method"))
        .containsExactly("POST", "POST", "PATCH", "PUT", "DELETE");
    assertThat(operations)
        .extracting(it -> it.path("status").textValue())
        .containsExactly("201", "409", "200", "200", "204");
    assertThat(operations)
        .extracting(it -> it.path("bulkId").asText())
        .containsExactly("a", "b", "c", "", "");
    operationError(operations.path(1), 409, "uniqueness");
    assertThat(operations.path(1).has("location")).isFalse();
    for (int i : new int[] {2, 3, 4}) {
      assertThat(operations.path(i).path("location").asText())
          .isEqualTo(idp.gateway().url("/scim/v2" + path));
      assertThat(operations.path(i).has("response")).isFalse();
    }
    assertThat(operations.path(2).path("version").asText()).isEqualTo("W/\"2\"");
    assertThat(operations.path(3).path("version").asText()).isEqualTo("W/\"3\"");
  }

  @Test
  void u03_locatesWhatItCreates() {
    JsonNode created = operation(bulk(idp, create("a", "ada@example.com")), 0);
    String location = created.path("location").asText();
    Answer ada = get(idp, location.substring(location.indexOf("/Users/")));

    assertThat(ada.json().path("userName").asText()).isEqualTo("ada@example.com");
    assertThat(created.path("version").asText()).isEqualTo(ada.header("ETag"));
  }

  @Test
  void u04_goesOnAfterErrors() {
    Answer answer =
        bulk(
            idp,
            "{'method':'DELETE','path':'/Users/" + UUID.randomUUID() + "'}",
            create("a", "ada@example.com"),
            create("b", "ADA@example.com"),
            create("c", "eve@example.com"));

    assertThat(statuses(answer)).containsExactly("404", "201", "409", "201");
    assertThat(total(get(idp, "/Users"))).isEqualTo(2);
  }

  @Test
  void u04_stopsAfterAsManyErrorsAsAreAllowed() {
    String missing = "{'method':'DELETE','path':'/Users/" + UUID.randomUUID() + "'}";
    ObjectNode request = json("{'schemas':['" + BULK + "'],'failOnErrors':2,'Operations':[]}");
    for (String it :
        List.of(create("a", "ada@example.com"), missing, missing, create("b", "eve@example.com"))) {
      request.withArray("Operations").add(json(it));
    }

    Answer answer = idp.call("POST", "/Bulk", request);

    assertThat(statuses(answer)).containsExactly("201", "404", "404");
    assertThat(names(get(idp, "/Users"))).containsExactly("ada@example.com");
  }

  @Test
  void u05_resolvesReferencesForwardAndBackward() {
    Answer answer =
        bulk(
            idp,
            createGroup("g", "Admins", "a", "b"),
            create("a", "ada@example.com"),
            create("b", "eve@example.com"),
            createGroup("h", "Owners", "g"));

    assertThat(statuses(answer)).containsOnly("201");
    JsonNode admins = find(idp, "/Groups", "displayName eq \"Admins\"").json().at("/Resources/0");
    assertThat(values(admins.path("members")))
        .containsExactlyInAnyOrder(id(answer, "a"), id(answer, "b"));
    JsonNode owners = find(idp, "/Groups", "displayName eq \"Owners\"").json().at("/Resources/0");
    assertThat(values(owners.path("members"))).containsExactly(id(answer, "g"));
    assertThat(get(idp, "/").http().body()).doesNotContain("bulkId:");
  }

  @Test
  void u05_resolvesManagersInPutAndPatchToo() {
    UUID ada = idp.create(user("ada@example.com")).id();
    UUID eve = idp.create(user("eve@example.com")).id();
    String manager = "{'" + ENT + "':{'manager':{'value':'bulkId:boss'}}}";
    ObjectNode replaced = userWith("ada@example.com", manager);
    ObjectNode patch =
        patchOf("{'op':'add','path':'" + ENT + ":manager.value','value':'bulkId:boss'}");

    Answer answer =
        bulk(
            idp,
            "{'method':'PUT','path':'/Users/" + ada + "','data':" + replaced + "}",
            "{'method':'PATCH','path':'/Users/" + eve + "','data':" + patch + "}",
            create("boss", "boss@example.com"));

    assertThat(statuses(answer)).containsExactlyInAnyOrder("200", "200", "201");
    for (UUID id : List.of(ada, eve)) {
      assertThat(idp.get(id).json().at("/" + ENT + "/manager/value").asText())
          .isEqualTo(id(answer, "boss"));
    }
  }

  @Test
  void u05_resolvesAMemberThatAPatchAddsAndAPath() {
    UUID admins = Scim.createGroup(idp, "Admins").id();
    ObjectNode join = patchOf("{'op':'add','path':'members','value':[{'value':'bulkId:a'}]}");

    Answer answer =
        bulk(
            idp,
            create("a", "ada@example.com"),
            "{'method':'PATCH','path':'/Groups/" + admins + "','data':" + join + "}",
            "{'method':'PATCH','path':'/Users/bulkId:a','data':" + title() + "}");

    assertThat(statuses(answer)).containsExactly("201", "200", "200");
    assertThat(values(get(idp, "/Groups/" + admins).json().path("members")))
        .containsExactly(id(answer, "a"));
    assertThat(names(find(idp, "/Users", "title eq \"x\""))).containsExactly("ada@example.com");
  }

  @Test
  void u06_resolvesCircularReferences() {
    Answer answer = bulk(idp, createGroup("g", "One", "h"), createGroup("h", "Two", "g"));

    assertThat(statuses(answer)).containsExactly("201", "201");
    assertThat(values(get(idp, "/Groups/" + id(answer, "g")).json().path("members")))
        .containsExactly(id(answer, "h"));
    assertThat(values(get(idp, "/Groups/" + id(answer, "h")).json().path("members")))
        .containsExactly(id(answer, "g"));
  }

  @Test
  void u06_resolvesManagersWhoManageEachOther() {
    Answer answer =
        bulk(idp, createManaged("a", "ada@example.com", "b"), createManaged("b", "eve", "a"));

    assertThat(statuses(answer)).containsExactly("201", "201");
    assertThat(get(idp, "/Users/" + id(answer, "a")).json().at("/" + ENT + "/manager/value"))
        .hasToString("\"" + id(answer, "b") + "\"");
    assertThat(get(idp, "/Users/" + id(answer, "b")).json().at("/" + ENT + "/manager/value"))
        .hasToString("\"" + id(answer, "a") + "\"");
  }

  @Test
  void u07_refusesReferencesToNothing() {
    idp.create(user("ada@example.com"));
    Answer answer =
        bulk(
            idp,
            createGroup("g", "Admins", "nobody"),
            create("a", "ada@example.com"),
            createGroup("h", "Owners", "a"),
            createManaged("b", "eve@example.com", "nobody"));

    operationError(operation(answer, 0), 400, "invalidValue");
    operationError(operation(answer, 1), 409, "uniqueness");
    operationError(operation(answer, 2), 400, "invalidValue");
    operationError(operation(answer, 3), 400, "invalidValue");
    assertThat(total(get(idp, "/Groups"))).isZero();
    assertThat(get(idp, "/").http().body()).doesNotContain("bulkId:");
  }

  @Test
  void u07_refusesABulkIdThatComesTwice() {
    scimError(
        bulk(idp, create("a", "ada@example.com"), create("a", "eve@example.com")),
        400,
        "invalidSyntax");
    assertThat(total(get(idp, "/Users"))).isZero();
  }

  @Test
  void u08_refusesTooManyOperationsAndDoesNone() {
    String[] creates =
        IntStream.rangeClosed(0, 1_000)
            .mapToObj(i -> i == 0 ? create("a", "ada@example.com") : missing())
            .toArray(String[]::new);

    Answer refused = scimError(bulk(idp, creates), 413);

    assertThat(refused.json().path("detail").asText())
        .containsAnyOf("maxOperations", "1000", "1,000");
    assertThat(total(get(idp, "/Users"))).isZero();
  }

  @Test
  void u08_refusesAPayloadThatIsTooLargeAndDoesNothing() {
    Answer refused = scimError(send(idp, "POST", "/Bulk", padded(MAX_PAYLOAD + 1)), 413);

    assertThat(refused.json().path("detail").asText())
        .containsAnyOf("maxPayloadSize", "1048576", "1,048,576");
    assertThat(total(get(idp, "/Users"))).isZero();
  }

  @Test
  void u08_takesAPayloadOfExactlyTheLimitInBytes() {
    assertThat(statuses(send(idp, "POST", "/Bulk", padded(MAX_PAYLOAD)))).containsExactly("201");
  }

  @Test
  void u08_measuresAPayloadThatDoesNotSayItsLength() {
    byte[] large = padded(MAX_PAYLOAD + 1).getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(idp.gateway().url("/scim/v2/Bulk")))
            .header("Authorization", "Bearer " + idp.token())
            .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)));

    scimError(idp.gateway().send(request.build()), 413);
    assertThat(total(get(idp, "/Users"))).isZero();
  }

  @Test
  void u10_writesOnlyOverTheVersionThatIsNamed() {
    UUID ada = idp.create(user("ada@example.com")).id();
    String patch = "{'method':'PATCH','path':'/Users/" + ada + "','data':" + title();

    Answer answer = bulk(idp, patch + ",'version':'W/\"9\"'}", patch + ",'version':'W/\"1\"'}");

    operationError(operation(answer, 0), 412, null);
    assertThat(operation(answer, 1).path("status").asText()).isEqualTo("200");
    assertThat(idp.get(ada).header("ETag")).isEqualTo("W/\"2\"");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "/Bulk",
        "/Me",
        "/Schemas",
        "/Nothing",
        "http://localhost/scim/v2/Users",
        "//localhost/Users",
        "/../admin/api/v1/tenants",
        "Users/../Groups"
      })
  void u11_reachesNothingButResources(String path) {
    ObjectNode post = json("{'method':'POST','bulkId':'a'}").put("path", path);
    post.set("data", user("ada@example.com"));

    Answer answer = bulk(idp, Json.text(post));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(operation(answer, 0).path("status").asText()).isIn("400", "404", "405", "501");
    assertThat(total(get(idp, "/"))).isZero();
  }

  @Test
  void u11_keepsNamesUniqueInsideOneJob() {
    Answer answer = bulk(idp, create("a", "ada@example.com"), create("b", "ADA@example.com"));

    assertThat(statuses(answer)).containsExactly("201", "409");
    assertThat(total(get(idp, "/Users"))).isEqualTo(1);
  }

  @Test
  void u12_appliesOneOperationWhollyOrNotAtAll() {
    UUID ada = idp.create(user("ada@example.com")).id();
    ObjectNode half =
        patchOf(
            "{'op':'add','path':'title','value':'x'}",
            "{'op':'add','path':'nonsense','value':'x'}");

    Answer answer =
        bulk(
            idp,
            "{'method':'PATCH','path':'/Users/" + ada + "','data':" + half + "}",
            create("b", "eve@example.com"));

    operationError(operation(answer, 0), 400, "invalidPath");
    assertThat(idp.get(ada).json().has("title")).isFalse();
    assertThat(total(get(idp, "/Users"))).isEqualTo(2);
  }

  private static String create(String bulkId, String userName) {
    ObjectNode post = json("{'method':'POST','path':'/Users'}").put("bulkId", bulkId);
    post.set("data", user(userName));
    return Json.text(post);
  }

  private static String createManaged(String bulkId, String userName, String manager) {
    ObjectNode post = json("{'method':'POST','path':'/Users'}").put("bulkId", bulkId);
    post.set(
        "data",
        userWith(userName, "{'" + ENT + "':{'manager':{'value':'bulkId:" + manager + "'}}}"));
    return Json.text(post);
  }

  private static String createGroup(String bulkId, String displayName, String... members) {
    ObjectNode post = json("{'method':'POST','path':'/Groups'}").put("bulkId", bulkId);
    ObjectNode group = group(displayName);
    for (String member : members) {
      group.withArray("members").addObject().put("value", "bulkId:" + member);
    }
    post.set("data", group);
    return Json.text(post);
  }

  private static String missing() {
    return "{'method':'DELETE','path':'/Users/" + UUID.randomUUID() + "'}";
  }

  private static String title() {
    return Json.text(patchOf("{'op':'add','path':'title','value':'x'}"));
  }

  /** One create in as many bytes, of which some characters need two. */
  private static String padded(int bytes) {
    String body =
        "{\"schemas\":[\"" + BULK + "\"],\"Operations\":[" + create("ä", "ada@example.com") + "]}";
    return body + " ".repeat(bytes - body.getBytes(StandardCharsets.UTF_8).length);
  }

  private static JsonNode operation(Answer answer, int index) {
    return answer.json().path("Operations").path(index);
  }

  private static List<String> statuses(Answer answer) {
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    List<String> statuses = new ArrayList<>();
    answer.json().path("Operations").forEach(it -> statuses.add(it.path("status").textValue()));
    return statuses;
  }

  private static String id(Answer answer, String bulkId) {
    for (JsonNode operation : answer.json().path("Operations")) {
      if (operation.path("bulkId").asText().equals(bulkId)) {
        return operation.path("location").asText().replaceAll(".*/", "");
      }
    }
    throw new AssertionError("nothing was answered to " + bulkId);
  }
}
