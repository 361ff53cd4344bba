package io.gatehouse.idp;

import static io.gatehouse.conformance.Scim.ENT;
import static io.gatehouse.conformance.Scim.EXT;
import static io.gatehouse.conformance.Scim.bulk;
import static io.gatehouse.conformance.Scim.createGroup;
import static io.gatehouse.conformance.Scim.defineExtension;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.json;
import static io.gatehouse.conformance.Scim.patch;
import static io.gatehouse.conformance.Scim.patchOf;
import static io.gatehouse.conformance.Scim.scimError;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an IdP's profile forgives in values and operations, each time with a record. */
class ForgivenValuesTest {

  private static final String LEAVES = "{'op':'replace','path':'active','value':false}";

  /** Operations on what no client can write, by path. */
  private static final List<String> READ_ONLY =
      List.of(
          "{'op':'replace','path':'id','value':'abc'}",
          "{'op':'add','path':'meta.version','value':'1'}",
          "{'op':'replace','path':'meta','value':{'version':'1'}}",
          "{'op':'remove','path':'groups'}",
          "{'op':'replace','path':'groups','value':[{'value':'7'}]}",
          "{'op':'replace','path':'" + ENT + ":manager.displayName','value':'Some One'}",
          "{'op':'replace','path':'" + EXT + ":serial','value':'1'}",
          "{'op':'replace','path':'" + EXT + "','value':{'serial':'1','note':'x'}}");

  /** An attribute, values of it without its form, and one with it. */
  private static final Map<String, List<String>> MALFORMED =
      Map.of(
          "profileUrl",
          List.of("'no url'", "7", "{}", "'https://example.com/ava'"),
          "photos",
          List.of("[{'value':'no url'}]", "[{'value':'a b','type':'x'}]", "[{'value':'x'}]"),
          "x509Certificates",
          List.of("[{'value':'%'}]", "[{'value':'no base64!'}]", "[{'value':'QUJD'}]"),
          EXT + ":manual",
          List.of("'no url'", "'https://example.com/m'"),
          EXT + ":badge",
          List.of("'%'", "'QUJD'"));

  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "onelogin"})
  void areOperationsOnReadOnlyAttributes(String profile) {
    ScimClient idp = client(profile);

    for (String operation : READ_ONLY) {
      UUID ava = idp.create(user(UUID.randomUUID() + "@example.com")).id();
      Answer answer =
          patch(idp, "/Users/" + ava, operation, "{'op':'add','path':'title','value':'Lead'}");
      assertThat(answer.status()).as(operation + answer.http().body()).isEqualTo(200);
      assertThat(answer.json().path("title").asText()).isEqualTo("Lead");
      assertThat(answer.json().path("id").asText()).isEqualTo(ava.toString());
      assertThat(LeftOut.repairs(ava)).as(operation).contains("leave-out-read-only-attributes ");
      Answer left = patch(idp, "/Users/" + ava, operation, LEAVES);
      assertThat(left.json().path("active").asBoolean(true)).as(operation).isFalse();
      assertThat(patch(idp, "/Users/" + ava, operation).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "onelogin"})
  void areValuesWithoutTheFormOfTheirType(String profile) {
    ScimClient idp = client(profile);

    MALFORMED.forEach(
        (attribute, all) -> {
          String good = all.get(all.size() - 1);
          for (String bad : all.subList(0, all.size() - 1)) {
            String what = attribute + bad;
            UUID ava = idp.create(user(UUID.randomUUID() + "@example.com")).id();
            String path = "/Users/" + ava;
            String title = "{'op':'add','path':'title','value':'Lead'}";
            patch(idp, path, operation("add", attribute, good));
            JsonNode kept = at(get(idp, path).json(), attribute);
            assertThat(kept.isMissingNode()).as(what).isFalse();
            for (String op : List.of("add", "replace")) {
              Answer patched = patch(idp, path, operation(op, attribute, bad), title);
              assertThat(patched.status()).as(what + patched.http().body()).isEqualTo(200);
              assertThat(patched.json().path("title").asText()).isEqualTo("Lead");
              assertThat(at(patched.json(), attribute)).as(what).isEqualTo(kept);
            }
            ObjectNode put = put(get(idp, path).json(), attribute, bad);
            Answer replaced = idp.call("PUT", path, put.put("title", "Head"));
            assertThat(replaced.status()).as(what + replaced.http().body()).isEqualTo(200);
            assertThat(replaced.json().path("title").asText()).isEqualTo("Head");
            assertThat(at(replaced.json(), attribute)).as("PUT " + what).isEqualTo(kept);
            assertThat(LeftOut.repairs(ava)).contains("leave-out-unreadable-values " + attribute);
            Answer left = patch(idp, path, operation("replace", attribute, bad), LEAVES);
            assertThat(left.json().path("active").asBoolean(true)).as(what).isFalse();
            ObjectNode another = put(user(UUID.randomUUID() + "@example.com"), attribute, bad);
            Answer created = idp.create(another);
            assertThat(created.status()).as(what + created.http().body()).isEqualTo(201);
            assertThat(LeftOut.repairs(created.id()))
                .contains("leave-out-unreadable-values " + attribute);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "onelogin"})
  void isASecondPrimaryAndTheLaterOneWins(String profile) {
    ScimClient idp = client(profile);
    String two =
        "[{'value':'a@x.org','type':'work','primary':true},"
            + "{'value':'b@x.org','type':'home','primary':'True'}]";
    Answer created = idp.create(userWith("ava@example.com", "{'emails':" + two + "}"));
    UUID ava = created.id();

    assertPrimary(created);
    assertPrimary(
        idp.call("PUT", "/Users/" + ava, userWith("ava@example.com", "{'emails':" + two + "}")));
    for (String op : List.of("add", "replace")) {
      assertPrimary(patch(idp, "/Users/" + ava, operation(op, "emails", two)));
      assertPrimary(
          patch(idp, "/Users/" + ava, "{'op':'" + op + "','value':{'emails':" + two + "}}"));
    }
    assertThat(LeftOut.repairs(ava)).contains("one-primary-of-several emails");
  }

  private static void assertPrimary(Answer answer) {
    assertThat(answer.status()).as(answer.http().body()).isIn(200, 201);
    for (JsonNode email : answer.json().path("emails")) {
      assertThat(email.path("primary").asBoolean())
          .as(answer.http().body())
          .isEqualTo(email.path("value").asText().equals("b@x.org"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "onelogin"})
  void isASingleValueInAListOrAnObject(String profile) {
    ScimClient idp = client(profile);
    int n = 0;
    for (String form : List.of("['%s']", "[{'$ref':null,'value':'%s'}]", "{'value':'%s'}")) {
      for (String path :
          List.of("displayName", "name.givenName", ENT + ":department", EXT + ":note")) {
        String said = "v" + n++;
        String value = form.formatted(said);
        UUID ava = idp.create(user(said + "@example.com")).id();
        Answer answer = patch(idp, "/Users/" + ava, operation("replace", path, value));
        assertThat(answer.status()).as(path + value + answer.http().body()).isEqualTo(200);
        assertThat(at(answer.json(), path).asText()).as(value).isEqualTo(said);
        assertThat(LeftOut.repairs(ava)).contains("single-values-from-lists " + path);
      }
      String said = "w" + n;
      ObjectNode sent = userWith(said + "@example.com", "{'title':" + form.formatted(said) + "}");
      Answer created = idp.create(sent);
      Answer put = idp.call("PUT", "/Users/" + created.id(), sent.put("nickName", "n"));
      Answer bare =
          patch(
              idp,
              "/Users/" + created.id(),
              "{'op':'replace','value':{'title':" + form.formatted("t") + "}}");
      assertThat(created.json().path("title").asText()).isEqualTo(said);
      assertThat(put.json().path("title").asText()).isEqualTo(said);
      assertThat(bare.json().path("title").asText()).isEqualTo("t");
    }
    for (String no : List.of("[false]", "['False']", "{'value':false}", "[{'value':'false'}]")) {
      UUID ava = idp.create(user(UUID.randomUUID() + "@example.com")).id();
      Answer left = patch(idp, "/Users/" + ava, operation("replace", "active", no));
      assertThat(left.json().path("active").asBoolean(true)).as(no).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "onelogin"})
  void isAListOfOneForAnElementThatAPathSelects(String profile) {
    ScimClient idp = client(profile);
    UUID ava = idp.create(user("ava@example.com")).id();

    Answer answer =
        idp.call(
            "PATCH",
            "/Users/" + ava,
            patchOf(
                path("replace", "emails[type eq \"work\"]", "[{'value':'n@x.org'}]"),
                path("add", "phoneNumbers[type eq \"mobile\"]", "[{'value':'+1'}]"),
                path("add", "phoneNumbers[type eq \"fax\"]", "['+2']"),
                path("replace", "emails[type eq \"work\"].display", "['N']")));

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    assertThat(values(answer.json().path("emails"))).containsExactly("n@x.org");
    assertThat(answer.json().path("emails").path(0).path("display").asText()).isEqualTo("N");
    assertThat(values(answer.json().path("phoneNumbers"))).containsExactly("+1", "+2");
    assertThat(LeftOut.repairs(ava)).contains("elements-from-lists emails[]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "onelogin"})
  void areAPatchOfNothingAndABlankPath(String profile) {
    ScimClient idp = client(profile);
    UUID ava = idp.create(user("ava@example.com")).id();
    String crew = "/Groups/" + createGroup(idp, "Crew", ava).id();

    for (String path : List.of("/Users/" + ava, crew)) {
      JsonNode before = get(idp, path).json();
      for (String none : List.of("[]", "null")) {
        ObjectNode nothing = patchOf().setAll(json("{'Operations':" + none + "}"));
        assertThat(idp.call("PATCH", path, nothing).status()).as(path + none).isIn(200, 204);
        assertThat(get(idp, path).json()).isEqualTo(before);
      }
    }
    JsonNode done =
        bulk(
                idp,
                "{'method':'PATCH','path':'/Users/"
                    + ava
                    + "','data':{'Operations':[{'op':'replace','path':'','value':{'title':'T'}}]}}")
            .json();
    assertThat(done.path("Operations").path(0).path("status").asText()).isEqualTo("200");
    assertThat(idp.get(ava).json().path("title").asText()).isEqualTo("T");
    scimError(patch(idp, "/Users/" + ava, "{'op':'remove','path':''}"), 400, "noTarget");
    Answer left =
        patch(idp, "/Users/" + ava, "{'op':'replace','path':'','value':[{'active':false}]}");
    assertThat(left.json().path("active").asBoolean(true)).isFalse();
    assertThat(LeftOut.repairs(ava)).contains("blank-paths-as-none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "onelogin"})
  void areKeysThatArePathsInPostAndPut(String profile) {
    ScimClient idp = client(profile);
    ObjectNode sent =
        user("ava@example.com")
            .put(Schema.USER + ":displayName", "Ava")
            .put(ENT + ":department", "Legal")
            .put("name.middleName", "M");

    Answer created = idp.create(sent);
    Answer put =
        idp.call("PUT", "/Users/" + created.id(), sent.put(Schema.USER + ":displayName", "Eva"));
    Answer group =
        idp.call("POST", "/Groups", Json.object().put(Schema.GROUP + ":displayName", "Crew"));

    assertThat(created.status()).as(created.http().body()).isEqualTo(201);
    assertThat(created.json().path("displayName").asText()).isEqualTo("Ava");
    assertThat(created.json().path(ENT).path("department").asText()).isEqualTo("Legal");
    assertThat(created.json().path("name").path("middleName").asText()).isEqualTo("M");
    assertThat(put.json().path("displayName").asText()).isEqualTo("Eva");
    assertThat(group.json().path("displayName").asText()).isEqualTo("Crew");
    assertThat(LeftOut.repairs(created.id()))
        .contains("attributes-from-paths " + Schema.USER + ":displayName");
  }

  @Test
  void areRefusedByTheStandard() {
    ScimClient idp = client("standard");
    UUID ava = idp.create(user("ava@example.com")).id();
    String path = "/Users/" + ava;

    for (String operation : READ_ONLY) {
      scimError(patch(idp, path, operation), 400, "mutability");
    }
    scimError(idp.call("PATCH", path, patchOf()), 400, "invalidSyntax");
    scimError(
        patch(idp, path, "{'op':'replace','path':'','value':{'title':'T'}}"), 400, "invalidPath");
    for (String value : List.of("['x']", "[{'value':'x'}]", "{'value':'x'}")) {
      scimError(patch(idp, path, operation("replace", "title", value)), 400, "invalidValue");
      scimError(
          idp.create(userWith("x@example.com", "{'title':" + value + "}")), 400, "invalidValue");
    }
    MALFORMED.forEach(
        (attribute, all) ->
            scimError(
                patch(idp, path, operation("replace", attribute, all.get(0))),
                400,
                "invalidValue"));
    scimError(
        idp.create(
            userWith(
                "x@example.com",
                "{'emails':[{'value':'a','primary':true},{'value':'b','primary':true}]}")),
        400,
        "invalidValue");
  }

  private static ScimClient client(String profile) {
    ScimClient idp = Gateway.shared().connection(profile);
    defineExtension(idp);
    return idp;
  }

  private static String operation(String op, String path, String value) {
    return "{'op':'" + op + "','path':'" + path + "','value':" + value + "}";
  }

  private static String path(String op, String path, String value) {
    return Json.text(json(operation(op, "x", value)).put("path", path));
  }

  private static JsonNode at(JsonNode resource, String path) {
    int colon = path.lastIndexOf(':');
    JsonNode parent = colon < 0 ? resource : resource.path(path.substring(0, colon));
    JsonNode node = parent;
    for (String name : path.substring(colon + 1).split("\\.")) {
      node = node.path(name);
    }
    return node;
  }

  private static ObjectNode put(JsonNode resource, String path, String value) {
    ObjectNode copy = resource.deepCopy();
    JsonNode said = json("{'v':" + value + "}").path("v");
    int colon = path.lastIndexOf(':');
    ObjectNode parent = colon < 0 ? copy : copy.withObjectProperty(path.substring(0, colon));
    parent.set(path.substring(colon + 1), said);
    return copy;
  }
}
