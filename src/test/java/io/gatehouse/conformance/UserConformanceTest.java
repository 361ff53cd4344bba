package io.gatehouse.conformance;

import static io.gatehouse.conformance.Scim.ENT;
import static io.gatehouse.conformance.Scim.createGroup;
import static io.gatehouse.conformance.Scim.find;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.json;
import static io.gatehouse.conformance.Scim.keys;
import static io.gatehouse.conformance.Scim.patch;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.search;
import static io.gatehouse.conformance.Scim.userWith;
import static io.gatehouse.conformance.Scim.values;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section F: User and Enterprise User. */
class UserConformanceTest {

  private final ScimClient idp = Gateway.shared().connection("standard");

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"{}", "{'userName':''}", "{'userName':null}", "{'userName':'  '}"})
  void f01_demandsAUserName(String name) {
    ObjectNode nameless = json(name);
    nameless.putArray("schemas").add(Schema.USER);

    scimError(idp.create(nameless), 400, "invalidValue");
  }

  @Test
  void f02_comparesUserNamesInAnyCase() {
    UUID jensen = idp.create(user("bjensen@example.com")).id();
    UUID eve = idp.create(user("eve@example.com")).id();
    String take = "{'op':'replace','path':'userName','value':'BJensen@example.com'}";

    scimError(idp.create(user("BJENSEN@example.com")), 409, "uniqueness");
    scimError(idp.replace(eve, user("BJENSEN@example.com")), 409, "uniqueness");
    scimError(patch(idp, "/Users/" + eve, take), 409, "uniqueness");
    assertThat(patch(idp, "/Users/" + jensen, take).json().path("userName").asText())
        .isEqualTo("BJensen@example.com");
    assertThat(idp.replace(jensen, user("bJENSEN@example.com")).status()).isEqualTo(200);
  }

  @Test
  void f03_takesAPasswordAndNeverShowsIt() {
    Answer ada = idp.create(user("ada@example.com").put("password", "s3cret-pw"));

    assertThat(ada.status()).isEqualTo(201);
    assertThat(ada.http().body()).doesNotContain("s3cret-pw");
    assertThat(keys(get(idp, "/Users/" + ada.id() + "?attributes=password,userName").json()))
        .containsExactlyInAnyOrder("schemas", "id", "userName");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "password eq \"x\"",
        "password pr",
        "PASSWORD sw \"s\"",
        "urn:ietf:params:scim:schemas:core:2.0:User:password eq \"x\"",
        "userName pr and not (password pr)"
      })
  void f04_isNoOracleForPasswords(String filter) {
    idp.create(user("ada@example.com").put("password", "s3cret-pw"));

    scimError(find(idp, "/Users", filter), 400, "invalidFilter");
    scimError(search(idp, "/Users/.search", "{'filter':'" + filter + "'}"), 400, "invalidFilter");
  }

  @Test
  void f06_takesCertificatesInBase64Only() {
    scimError(
        idp.create(userWith("ada@example.com", "{'x509Certificates':[{'value':'%%'}]}")),
        400,
        "invalidValue");
  }

  @Test
  void f07_showsTheGroupsThatAUserIsIn() {
    UUID ada = idp.create(userWith("ada@example.com", "{'groups':[{'value':'x'}]}")).id();
    assertThat(idp.get(ada).json().has("groups")).isFalse();
    Answer admins = createGroup(idp, "Admins", ada);

    JsonNode groups = idp.get(ada).json().path("groups");

    assertThat(groups).hasSize(1);
    assertThat(groups.get(0))
        .isEqualTo(
            json("{'display':'Admins','type':'direct'}")
                .put("value", admins.id().toString())
                .put("$ref", admins.header("Location")));
  }

  @Test
  void f07_leavesGroupsToTheServer() {
    UUID ada = idp.create(user("ada@example.com")).id();
    createGroup(idp, "Admins", ada);
    JsonNode before = idp.get(ada).json().path("groups");

    assertThat(idp.replace(ada, userWith("ada@example.com", "{'groups':[]}")).json().path("groups"))
        .isEqualTo(before)
        .hasSize(1);
    scimError(patch(idp, "/Users/" + ada, "{'op':'remove','path':'groups'}"), 400, "mutability");
    assertThat(
            patch(idp, "/Users/" + ada, "{'op':'replace','value':{'groups':[],'title':'x'}}")
                .json()
                .path("groups"))
        .isEqualTo(before);
  }

  @Test
  void f07_forgetsAGroupThatIsLeftRenamedOrDeleted() {
    UUID ada = idp.create(user("ada@example.com")).id();
    UUID admins = createGroup(idp, "Admins", ada).id();
    UUID staff = createGroup(idp, "Staff", ada).id();

    patch(idp, "/Groups/" + admins, "{'op':'replace','path':'displayName','value':'Owners'}");
    assertThat(idp.get(ada).json().path("groups").findValuesAsText("display"))
        .containsExactlyInAnyOrder("Owners", "Staff");
    patch(idp, "/Groups/" + admins, "{'op':'remove','path':'members'}");
    idp.call("DELETE", "/Groups/" + staff, null);
    assertThat(idp.get(ada).json().has("groups")).isFalse();
  }

  @Test
  void f08_showsDirectMembershipsOnly() {
    UUID ada = idp.create(user("ada@example.com")).id();
    UUID inner = createGroup(idp, "Inner", ada).id();
    createGroup(idp, "Outer", inner);

    assertThat(values(idp.get(ada).json().path("groups"))).containsExactly(inner.toString());
  }

  @Test
  void f09_keepsTheEnterpriseAttributes() {
    String boss = idp.create(user("boss@example.com")).id().toString();
    ObjectNode enterprise =
        json(
            """
            {'employeeNumber':'701984','costCenter':'4130','organization':'Universal Studios',
             'division':'Theme Park','department':'Tour Operations'}""");
    enterprise.putObject("manager").put("value", boss).put("$ref", "../Users/" + boss);
    ObjectNode sent = enterprise.deepCopy();
    ((ObjectNode) sent.path("manager")).put("displayName", "is the server's");
    ObjectNode ada = user("ada@example.com").set(ENT, sent);

    Answer created = idp.create(ada);

    assertThat(created.json().path(ENT).path("manager").path("displayName").asText())
        .isNotEqualTo("is the server's");
    assertThat(created.json().at("/" + ENT + "/manager/value").asText()).isEqualTo(boss);
    assertThat(without(created.json().path(ENT), "manager"))
        .isEqualTo(without(enterprise, "manager"));
  }

  @Test
  void f10_takesAManagerWhoIsNotThereYet() {
    Answer ada =
        idp.create(userWith("ada@example.com", "{'" + ENT + "':{'manager':{'value':'26118'}}}"));

    assertThat(ada.json().at("/" + ENT + "/manager/value").asText()).isEqualTo("26118");
  }

  @Test
  void f11_takesAManagerAsABareStringFromEntraOnly() {
    ScimClient entra = Gateway.shared().connection("entra");
    String operation = "{'op':'Replace','path':'" + ENT + ":manager','value':'26118'}";
    UUID theirs = entra.create(user("ada@example.com")).id();
    UUID ours = idp.create(user("ada@example.com")).id();

    assertThat(
            patch(entra, "/Users/" + theirs, operation)
                .json()
                .at("/" + ENT + "/manager/value")
                .asText())
        .isEqualTo("26118");
    scimError(
        patch(idp, "/Users/" + ours, operation.replace("Replace", "replace")), 400, "invalidValue");
  }

  @Test
  void f12_makesUsersActive() {
    Answer ada = idp.create(user("ada@example.com"));

    assertThat(ada.json().path("active")).isEqualTo(json("{'it':true}").path("it"));
    assertThat(get(idp, "/Users").json().at("/Resources/0/active").isBoolean()).isTrue();
  }

  private static JsonNode without(JsonNode object, String member) {
    return object.<ObjectNode>deepCopy().without(member);
  }
}
