package io.gatehouse.idp;

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

/** What OneLogin sends, and what becomes of it; the numbers are those of the quirks. */
class OneLoginTest {

  private static final String ENT = Schema.ENTERPRISE_USER;

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("onelogin");

  @ParameterizedTest // 03
  @CsvSource({"\"true\",true", "\"False\",false", "\"1\",true", "0,false", "\" true \",true"})
  void readsEveryBoolean(String sent, boolean meant) {
    ObjectNode asked = user("ada");
    asked.set("active", Json.stored("{\"it\":" + sent + "}").path("it"));
    ((ObjectNode) asked.path("emails").get(0)).put("primary", "TRUE");

    JsonNode made = idp.create(asked).json();

    assertThat(made.path("active")).isEqualTo(Json.object().booleanNode(meant));
    assertThat(made.at("/emails/0/primary")).isEqualTo(Json.object().booleanNode(true));
  }

  @Test // 04
  void wrapsALoneObject() {
    ObjectNode asked = user("ada");
    asked.putObject("emails").put("value", "a@x.com").put("type", "work").put("primary", "true");

    assertThat(idp.create(asked).json().path("emails"))
        .containsExactly(Json.stored("{\"value\":\"a@x.com\",\"type\":\"work\",\"primary\":true}"));
  }

  @Test // 05
  void dropsWhatOnlyHasATypeLeft() {
    ObjectNode asked = user("ada").put("title", " ");
    asked
        .putArray("addresses")
        .addObject()
        .put("type", "work")
        .put("primary", "")
        .put("locality", "");
    asked.putObject("phoneNumbers").put("type", "work").put("value", " ");

    JsonNode made = idp.create(asked).json();

    assertThat(made.has("title") || made.has("addresses") || made.has("phoneNumbers")).isFalse();
  }

  @Test // 07
  void splitsWhatIsJoinedAndIgnoresWhatNobodyKnows() {
    ObjectNode asked = user("ada").put("user_mobile", "1").put("roles", "Admin; Auditor;");
    asked.put("emails", "a@x.com").put("entitlements", "one");

    JsonNode made = idp.create(asked).json();

    assertThat(made.path("roles"))
        .containsExactly(
            Json.stored("{\"value\":\"Admin\"}"), Json.stored("{\"value\":\"Auditor\"}"));
    assertThat(made.path("entitlements")).containsExactly(Json.stored("{\"value\":\"one\"}"));
    assertThat(made.at("/emails/0/value").asText()).isEqualTo("a@x.com");
    assertThat(made.has("user_mobile")).isFalse();
  }

  @Test // 08, 09, 10
  void readsATemplateOfScimOne() {
    ObjectNode asked = user("ada").putNull("id");
    asked
        .putArray("schemas")
        .add("urn:scim:schemas:core:1.0")
        .add("urn:scim:schemas:extension:enterprise:1.0");
    asked
        .putObject("urn:scim:schemas:extension:enterprise:1.0")
        .put("department", "R")
        .putObject("manager")
        .put("managerId", "271")
        .put("displayName", "Bo");

    Answer made = idp.create(asked);

    assertThat(made.status()).as(made.http().body()).isEqualTo(201);
    assertThat(made.json().path("schemas"))
        .extracting(JsonNode::asText)
        .containsExactly(Schema.USER, ENT);
    assertThat(made.json().path(ENT).path("manager").path("value").asText()).isEqualTo("271");
  }

  @Test // 14
  void keepsWhatTheTemplateDoesNotName() {
    ObjectNode full = user("ada").put("externalId", "7").put("title", "T").put("nickName", "N");
    full.putObject(ENT).put("department", "R").put("costCenter", "4");
    full.putObject("urn:acme:User").put("badge", "7");
    UUID ada = idp.create(full).id();
    ObjectNode template = user("ada").putNull("id").put("title", "");
    template.remove("emails");
    template.putObject(ENT).put("department", "S").put("costCenter", "");
    template.putObject("urn:acme:User").put("colour", "red");

    Answer replaced = idp.replace(ada, template);

    assertThat(replaced.status()).as(replaced.http().body()).isEqualTo(200);
    JsonNode after = replaced.json();
    assertThat(after.path("externalId").asText()).isEqualTo("7");
    assertThat(after.path("nickName").asText()).isEqualTo("N");
    assertThat(after.path("active").booleanValue()).isTrue();
    assertThat(after.path("emails")).hasSize(1);
    assertThat(after.has("title")).isFalse();
    assertThat(after.path(ENT)).isEqualTo(Json.stored("{\"department\":\"S\"}"));
    assertThat(after.path("urn:acme:User"))
        .isEqualTo(Json.stored("{\"badge\":\"7\",\"colour\":\"red\"}"));
  }

  @Test // 14
  void putsGroupsToTheLetter() {
    UUID ada = idp.create(user("ada")).id();
    UUID bob = idp.create(user("bob")).id();
    UUID group = idp.createGroup("Staff", ada).id();

    Answer replaced = idp.call("PUT", "/Groups/" + group, ScimClient.group("Staff 2", bob));

    assertThat(replaced.json().path("displayName").asText()).isEqualTo("Staff 2");
    assertThat(replaced.json().path("members"))
        .extracting(it -> it.path("value").asText())
        .containsExactly(bob.toString());
  }

  @ParameterizedTest // 12
  @CsvSource({
    "application/json, application/json",
    "application/json;charset=utf-8, application/json",
    "application/scim+json, application/scim+json",
    "'application/json, application/scim+json', application/scim+json",
    "*/*, application/scim+json"
  })
  void answersPlainJsonWhereNothingElseIsAccepted(String accept, String type) {
    UUID ada = idp.create(user("ada")).id();
    UUID nobody = UUID.randomUUID();

    assertIs(200, type, idp.with("Accept", accept, "GET", ada, null));
    assertIs(200, type, idp.with("Accept", accept, "PUT", ada, user("bob")));
    assertIs(400, type, idp.with("Accept", accept, "PUT", ada, Json.object()));
    assertIs(404, type, idp.with("Accept", accept, "GET", nobody, null));
  }

  @Test // 12
  void answersScimJsonWithoutAcceptAndWhereNoRouteFileSaysOtherwise() {
    ScimClient other = gateway.connection("standard");
    UUID ada = other.create(user("ada")).id();
    String json = "application/json";

    assertIs(404, "application/scim+json", idp.get(ada));
    assertIs(200, "application/scim+json", other.with("Accept", json, "GET", ada, null));
  }

  private static void assertIs(int status, String type, Answer answer) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo(type);
  }

  @ParameterizedTest // 15
  @ValueSource(strings = {"PUT", "PATCH"})
  void suspendsWithEitherVerb(String method) {
    UUID ada = idp.create(user("ada")).id();

    Answer answer =
        method.equals("PUT")
            ? idp.replace(ada, user("ada").put("active", "false"))
            : idp.patch(ada, "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"0\"}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("active").booleanValue()).isFalse();
  }

  @Test // 15
  void suspendsAlsoWhenTheTemplateIsBroken() {
    UUID ada = idp.create(user("ada")).id();
    ObjectNode broken = user("ada").put("active", "false");
    broken.put("name", "{$user.name}");

    assertThat(idp.replace(ada, broken).status()).isEqualTo(200);
    assertThat(idp.get(ada).json().path("active").booleanValue()).isFalse();
  }

  @Test // 19
  void changesMembersAsScimOneDid() {
    UUID ada = idp.create(user("ada")).id();
    UUID bob = idp.create(user("bob")).id();
    UUID group = idp.createGroup("Staff", ada).id();
    ObjectNode patch = Json.object();
    patch.putArray("schemas").add("urn:scim:schemas:core:1.0");
    patch.putArray("members").addObject().put("value", bob.toString()).put("operation", "add");
    patch.withArray("members").addObject().put("value", ada.toString()).put("operation", "delete");

    Answer answer = idp.call("PATCH", "/Groups/" + group, patch);

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    assertThat(answer.json().path("members"))
        .extracting(it -> it.path("value").asText())
        .containsExactly(bob.toString());
  }

  @Test // 19
  void stillRefusesAPatchOpWithoutOperations() {
    UUID group = idp.createGroup("Staff").id();
    ObjectNode patch = ScimClient.patch().put("displayName", "x");
    patch.remove("Operations");

    assertThat(idp.call("PATCH", "/Groups/" + group, patch).status()).isEqualTo(400);
  }

  @Test // 26
  void ignoresTheGroupsOfAUser() {
    ObjectNode asked = user("ada");
    asked.putArray("groups").addObject().put("value", "Staff");

    assertThat(idp.create(asked).json().has("groups")).isFalse();
  }
}
