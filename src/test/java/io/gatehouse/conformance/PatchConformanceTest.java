package io.gatehouse.conformance;

import static io.gatehouse.conformance.Scim.ENT;
import static io.gatehouse.conformance.Scim.ada;
import static io.gatehouse.conformance.Scim.createGroup;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.json;
import static io.gatehouse.conformance.Scim.keys;
import static io.gatehouse.conformance.Scim.patch;
import static io.gatehouse.conformance.Scim.patchOf;
import static io.gatehouse.conformance.Scim.patched;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.send;
import static io.gatehouse.conformance.Scim.shows;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section S: the envelope and the paths of PATCH, and what holds for every operation. */
class PatchConformanceTest {

  private static final String WORK = "emails[type eq \"work\"]";

  private final ScimClient idp = Gateway.shared().connection("standard");

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "{'Operations':[{'op':'remove','path':'title'}]}",
        "{'schemas':[],'Operations':[{'op':'remove','path':'title'}]}",
        "{'schemas':['" + Schema.USER + "'],'Operations':[{'op':'remove','path':'title'}]}"
      })
  void s01_demandsThePatchOpSchema(String message) {
    scimError(idp.call("PATCH", ada(idp), json(message)), 400, "invalidSyntax");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "{}",
        "{'Operations':null}",
        "{'Operations':[]}",
        "{'Operations':{'op':'remove','path':'title'}}",
        "{'Operations':['remove']}"
      })
  void s02_demandsOperations(String message) {
    ObjectNode patch = json(message);
    patch.set("schemas", patchOf().path("schemas"));

    scimError(idp.call("PATCH", ada(idp), patch), 400, "invalidSyntax");
  }

  @Test
  void s02_readsTheNamesOfAMessageInAnyCase() {
    ObjectNode patch = json("{'operations':[{'OP':'add','Path':'title','VALUE':'x'}]}");
    patch.set("SCHEMAS", patchOf().path("schemas"));

    assertThat(idp.call("PATCH", ada(idp), patch).json().path("title").asText()).isEqualTo("x");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "{'path':'title','value':'x'}",
        "{'op':null,'path':'title','value':'x'}",
        "{'op':'move','path':'title','value':'x'}",
        "{'op':'','path':'title','value':'x'}",
        "{'op':['add'],'path':'title','value':'x'}"
      })
  void s03_demandsAKnownOperation(String operation) {
    scimError(patch(idp, ada(idp), operation), 400, "invalidSyntax");
  }

  @Test
  void s03_refusesAnOperationWithTwoOps() {
    String twice =
        Json.text(patchOf("{'op':'add','path':'title','value':'x'}"))
            .replace("\"op\"", "\"op\":\"remove\",\"op\"");

    scimError(
        send(idp, "PATCH", ada(idp), twice, "Content-Type", "application/scim+json"),
        400,
        "invalidSyntax");
  }

  @Test
  void s04_readsOpsInAnyCaseFromEntra() {
    ScimClient entra = Gateway.shared().connection("entra");
    String path = "/Users/" + entra.create(user("ada@example.com")).id();
    Answer patched =
        patch(
            entra,
            path,
            "{'op':'Add','path':'title','value':'x'}",
            "{'op':'Replace','path':'nickName','value':'y'}",
            "{'op':'REMOVE','path':'name.givenName'}");

    assertThat(patched.json().path("title").asText()).isEqualTo("x");
    assertThat(patched.json().path("nickName").asText()).isEqualTo("y");
    assertThat(patched.json().path("name")).isEqualTo(json("{'familyName':'Lovelace'}"));
  }

  @Test
  void s05_answersWithTheWholeResource() {
    String ada = ada(idp);
    Answer patched = patch(idp, ada, "{'op':'add','path':'title','value':'x'}");
    String admins = "/Groups/" + createGroup(idp, "Admins").id();
    Answer renamed = patch(idp, admins, "{'op':'replace','path':'displayName','value':'Owners'}");

    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.json()).isEqualTo(get(idp, ada).json());
    assertThat(renamed.status()).isEqualTo(200);
    assertThat(renamed.json()).isEqualTo(get(idp, admins).json());
  }

  @Test
  void s05_answersWithoutABodyWhenAskedForLittle() {
    String ada = ada(idp);
    String title = Json.text(patchOf("{'op':'add','path':'title','value':'x'}"));
    Answer little = send(idp, "PATCH", ada, title, "Prefer", "return=minimal");
    Answer asked = send(idp, "PATCH", ada + "?attributes=title", title, "Prefer", "return=minimal");

    assertThat(little.status()).isEqualTo(204);
    assertThat(little.http().body()).isEmpty();
    assertThat(little.header("ETag")).isEqualTo(get(idp, ada).header("ETag"));
    assertThat(asked.status()).isEqualTo(200);
    assertThat(keys(asked.json())).containsExactlyInAnyOrder("schemas", "id", "title");
  }

  @Test
  void s06_appliesAllOperationsOrNone() {
    String ada = ada(idp);
    Answer before = get(idp, ada);

    scimError(
        patch(
            idp,
            ada,
            "{'op':'replace','path':'title','value':'x'}",
            "{'op':'replace','path':'nonsense','value':'x'}"),
        400,
        "invalidPath");
    assertThat(get(idp, ada).json()).isEqualTo(before.json());
    assertThat(get(idp, ada).header("ETag")).isEqualTo(before.header("ETag"));
  }

  @Test
  void s06_addsAllMembersOrNone() {
    UUID eve = idp.create(user("eve@example.com")).id();
    Answer admins = createGroup(idp, "Admins");
    String path = "/Groups/" + admins.id();

    scimError(
        patch(
            idp,
            path,
            "{'op':'add','path':'members','value':[{'value':'" + eve + "'}]}",
            "{'op':'add','path':'members','value':[{'value':'" + UUID.randomUUID() + "'}]}"),
        400,
        "invalidValue");
    assertThat(get(idp, path).json()).isEqualTo(admins.json());
  }

  @Test
  void s07_appliesOperationsInTheirOrder() {
    assertThat(
            patched(
                    idp,
                    "{'op':'add','path':'emails','value':{'type':'other','value':'a@x.com'}}",
                    "{'op':'replace','path':'emails[type eq \"other\"].value','value':'b@x.com'}",
                    "{'op':'add','path':'title','value':'x'}",
                    "{'op':'remove','path':'title'}")
                .path("emails"))
        .contains(json("{'type':'other','value':'b@x.com'}"));
  }

  @Test
  void s08_knowsNobodyByAForeignId() {
    String title = "{'op':'add','path':'title','value':'x'}";

    scimError(patch(idp, "/Users/" + UUID.randomUUID(), title), 404);
    scimError(
        patch(idp, "/Groups/" + UUID.randomUUID(), title.replace("title", "displayName")), 404);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "{'op':'add','path':'emails','value':[{'value':'new','type':'home','primary':true}]}",
        "{'op':'add','value':{'emails':[{'value':'new','type':'home','primary':true}]}}",
        "{'op':'replace','path':'emails[type eq \"other\"].primary','value':true}",
        "{'op':'replace','path':'emails[type eq \"other\"]','value':{'primary':true}}",
        "{'op':'add','path':'emails[type eq \"other\"].primary','value':true}"
      })
  void s09_keepsOnePrimary(String operation) {
    String add = "{'op':'add','path':'emails','value':[{'value':'new','type':'other'}]}";
    JsonNode emails = patched(idp, add, operation).path("emails");

    assertThat(emails)
        .filteredOn(it -> it.path("primary").asBoolean())
        .extracting(it -> it.path("value").asText())
        .containsExactly("new");
  }

  @Test
  void s09_refusesToReplaceByTwoPrimaries() {
    String two = "[{'value':'a','primary':true},{'value':'b','primary':true}]";

    scimError(
        patch(idp, ada(idp), "{'op':'replace','path':'emails','value':" + two + "}"),
        400,
        "invalidValue");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'op':'replace','path':'userName','value':''} | 400 | invalidValue",
        "{'op':'replace','path':'userName','value':7} | 400 | invalidValue",
        "{'op':'replace','path':'active','value':'yes'} | 400 | invalidValue",
        "{'op':'add','path':'name','value':'x'} | 400 | invalidValue",
        "{'op':'replace','value':{'active':'yes'}} | 400 | invalidValue",
        "{'op':'replace','path':'userName','value':'EVE@example.com'} | 409 | uniqueness",
        "{'op':'replace','value':{'userName':'eve@example.com'}} | 409 | uniqueness",
        "{'op':'replace','path':'meta.created','value':'2020-01-01T00:00:00Z'} | 400 | mutability"
      })
  void s10_holdsTheResultToTheSchema(String operation, int status, String scimType) {
    idp.create(user("eve@example.com"));

    scimError(patch(idp, ada(idp), operation), status, scimType);
  }

  @Test
  void s11_s12_listsAnExtensionWhileItIsUsed() {
    String ada = ada(idp);
    Answer added = patch(idp, ada, "{'op':'add','path':'" + ENT + ":employeeNumber','value':'7'}");
    assertThat(added.json().path("schemas")).isEqualTo(Json.array().add(Schema.USER).add(ENT));

    Answer removed = patch(idp, ada, "{'op':'remove','path':'" + ENT + ":employeeNumber'}");

    assertThat(removed.json().path("schemas")).isEqualTo(Json.array().add(Schema.USER));
    assertThat(removed.json().has(ENT)).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "emails[ | invalidPath",
        "a..b | invalidPath",
        "emails[type eq \"x\"]foo | invalidPath",
        "emails[type eq \"work\"].nonsense | invalidPath",
        "nonsense | invalidPath",
        "name.nonsense | invalidPath",
        "userName.value | invalidPath",
        "/title | invalidPath",
        "title. | invalidPath",
        "urn:example:nothing:title | invalidPath",
        "members | invalidPath",
        "emails[type zz \"work\"].value | invalidFilter",
        "emails[type eq].value | invalidFilter",
        "emails[nonsense eq \"x\"].value | invalidFilter",
        "emails[primary gt true].value | invalidFilter",
        "emails[].value | invalidFilter"
      })
  void s13_refusesBrokenPaths(String path, String scimType) {
    ObjectNode operation = json("{'op':'add','value':'x'}").put("path", path);

    scimError(patch(idp, ada(idp), Json.text(operation)), 400, scimType);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "NAME.givenNAME | 'x' | {'name':{'givenName':'x','familyName':'Lovelace'}}",
        "urn:ietf:params:scim:schemas:core:2.0:User:title | 'x' | {'title':'x'}",
        "URN:IETF:PARAMS:SCIM:SCHEMAS:CORE:2.0:USER:name.givenName | 'x' | {'name':{'givenName':'x','familyName':'Lovelace'}}",
        "EMAILS[TYPE eq \"WORK\"].Display | 'x' | {'emails':[{'value':'ada@example.com','type':'work','primary':true,'display':'x'}]}",
        "urn:ietf:params:scim:schemas:core:2.0:User:emails[primary eq true].display | 'x' | {'emails':[{'value':'ada@example.com','type':'work','primary':true,'display':'x'}]}",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value | '7' | {'ENT':{'manager':{'value':'7'}}}",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User | {'department':'D','manager':{'value':'7'}} | {'ENT':{'department':'D','manager':{'value':'7'}}}"
      })
  void s14_readsEveryNotationOfAPath(String path, String value, String expected) {
    ObjectNode operation = json("{'op':'add','value':" + value + "}").put("path", path);

    shows(patched(idp, Json.text(operation)), expected);
  }
}
