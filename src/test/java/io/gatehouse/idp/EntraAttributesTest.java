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
import org.junit.jupiter.params.provider.ValueSource;

/** How Microsoft Entra ID writes the attributes of users; the numbers are those of the quirks. */
class EntraAttributesTest {

  private static final String ENT = Schema.ENTERPRISE_USER;
  private static final String MISSPELT =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0User";

  private final ScimClient idp = Gateway.shared().connection("entra");

  @Test // 18, 19, 32
  void findsTheEnterpriseAttributesWhereverTheyStand() {
    ObjectNode asked = user("farah");
    asked.withArray("schemas").add(MISSPELT);
    asked.put("department", "Legal").put("manager", "271").putNull("costCenter");
    asked.putObject(MISSPELT).put("employeeNumber", 7);

    JsonNode made = idp.create(asked).json();

    assertThat(made.path(ENT))
        .isEqualTo(
            Json.stored(
                "{\"department\":\"Legal\",\"manager\":{\"value\":\"271\"},\"employeeNumber\":\"7\"}"));
    assertThat(made.path("schemas")).hasSize(2);
    assertThat(made.has("department")).isFalse();
  }

  @ParameterizedTest // 18, 19, 25, 40
  @ValueSource(
      strings = {
        "{\"op\":\"Add\",\"path\":\"department\",\"value\":\"R\"}",
        "{\"op\":\"Add\",\"path\":\"" + ENT + ":Department\",\"value\":\"R\"}",
        "{\"op\":\"Add\",\"path\":\"" + MISSPELT + ":department\",\"value\":\"R\"}",
        "{\"op\":\"Add\",\"path\":\"" + ENT + ".department\",\"value\":\"R\"}",
        "{\"op\":\"Add\",\"path\":\"" + ENT + "\",\"value\":{\"department\":\"R\",\"hat\":\"x\"}}",
        "{\"op\":\"Add\",\"value\":{\"department\":\"R\"}}",
        "{\"op\":\"replace\",\"value\":{\"" + ENT + "\":{\"Department\":\"R\"}}}",
        "{\"op\":\"replace\",\"value\":{\"" + ENT + ":department\":\"R\",\"id\":\"x\"}}",
        "{\"OP\":\"REPLACE\",\"Path\":\"DEPARTMENT\",\"Value\":\"R\",\"name\":\"n\"}"
      })
  void patchesADepartmentInEveryDialect(String operation) {
    UUID ada = idp.create(user("ada")).id();

    Answer patched = idp.patch(ada, operation);

    assertThat(patched.status()).as(patched.http().body()).isEqualTo(200);
    assertThat(patched.json().path(ENT)).isEqualTo(Json.stored("{\"department\":\"R\"}"));
  }

  @ParameterizedTest // 32
  @ValueSource(
      strings = {
        "{\"op\":\"Add\",\"path\":\"" + ENT + ":manager\",\"value\":\"271\"}",
        "{\"op\":\"Add\",\"path\":\"" + ENT + ":manager\",\"value\":271}",
        "{\"op\":\"replace\",\"value\":{\"" + ENT + ":manager\":\"271\"}}",
        "{\"op\":\"replace\",\"path\":\"" + ENT + ":manager\",\"value\":{\"value\":\"271\"}}",
        "{\"op\":\"Add\",\"path\":\"manager\",\"value\":[{\"$ref\":\"http://x/Users/271\",\"value\":\"271\"}]}",
        "{\"op\":\"Add\",\"path\":\"manager\",\"value\":\"271\"}",
        "{\"op\":\"Replace\",\"path\":\"" + ENT + ":Manager.Value\",\"value\":\"271\"}",
        "{\"op\":\"Replace\",\"path\":\"manager.value\",\"value\":\"271\"}",
        "{\"op\":\"Replace\",\"value\":{\"manager\":{\"value\":\"271\"}}}"
      })
  void setsAManagerInEveryShape(String operation) {
    ObjectNode asked = user("ada");
    asked.putObject(ENT).putObject("manager").put("value", "7");
    UUID ada = idp.create(asked).id();

    Answer patched = idp.patch(ada, operation);

    assertThat(patched.status()).as(patched.http().body()).isEqualTo(200);
    assertThat(patched.json().path(ENT).path("manager"))
        .isEqualTo(Json.stored("{\"value\":\"271\"}"));
  }

  @ParameterizedTest // 33
  @ValueSource(
      strings = {
        "{\"op\":\"Replace\",\"path\":\"" + ENT + ":manager\",\"value\":\"\"}",
        "{\"op\":\"Replace\",\"path\":\"" + ENT + ":manager\",\"value\":{\"value\":\"\"}}",
        "{\"op\":\"Replace\",\"path\":\"" + ENT + ":manager\",\"value\":null}",
        "{\"op\":\"Replace\",\"path\":\"" + ENT + ":manager.value\",\"value\":\"\"}",
        "{\"op\":\"Replace\",\"value\":{\"" + ENT + ":manager\":\"\"}}",
        "{\"op\":\"Remove\",\"path\":\"" + ENT + ":manager\"}",
        "{\"op\":\"Remove\",\"path\":\"manager\",\"value\":\"7\"}",
        "{\"op\":\"Remove\",\"path\":\"" + ENT + ":manager.value\"}"
      })
  void clearsAManagerInEveryShape(String operation) {
    ObjectNode asked = user("ada");
    asked.putObject(ENT).put("department", "R").putObject("manager").put("value", "7");
    UUID ada = idp.create(asked).id();

    Answer patched = idp.patch(ada, operation);

    assertThat(patched.status()).as(patched.http().body()).isEqualTo(200);
    assertThat(patched.json().path(ENT)).isEqualTo(Json.stored("{\"department\":\"R\"}"));
  }

  @Test // 28, 29, 42
  void accumulatesOneElementAndKeepsTheOthers() {
    ObjectNode asked = user("ada");
    asked.putArray("addresses").addObject().put("type", "home").put("locality", "Ulm");
    UUID ada = idp.create(asked).id();

    JsonNode patched =
        patched(
            ada,
            "{\"op\":\"Replace\",\"path\":\"addresses[type eq \\\"work\\\"].locality\",\"value\":\"Bonn\"}",
            "{\"op\":\"Add\",\"path\":\"addresses[type eq \\\"work\\\"].country\",\"value\":\"DE\"}",
            "{\"op\":\"Replace\",\"path\":\"addresses[type eq \\\"work\\\"].postalCode\",\"value\":53111}");

    assertThat(patched.path("addresses"))
        .containsExactly(
            Json.stored("{\"type\":\"home\",\"locality\":\"Ulm\"}"),
            Json.stored(
                "{\"type\":\"work\",\"locality\":\"Bonn\",\"country\":\"DE\",\"postalCode\":\"53111\"}"));
  }

  @Test // 34
  void removesWithAValueAndWhatIsNotThere() {
    UUID ada = idp.create(user("ada@example.com")).id();

    JsonNode patched =
        patched(
            ada,
            "{\"op\":\"Remove\",\"path\":\"emails[type eq \\\"work\\\"].value\",\"value\":\"old@x\"}",
            "{\"op\":\"Remove\",\"path\":\"phoneNumbers[type eq \\\"work\\\"].value\",\"value\":\"1\"}",
            "{\"op\":\"Remove\",\"path\":\"title\",\"value\":\"x\"}");

    assertThat(patched.has("emails")).isFalse();
    assertThat(patched.path("userName").asText()).isEqualTo("ada@example.com");
  }

  @Test // 35, 37
  void readsARoleThatIsJsonInAString() {
    String role =
        Json.text(
            Json.object().put("id", "4e0f").put("value", "auditor").put("displayName", "Auditor"));
    ObjectNode asked = user("ada");
    asked.putArray("roles").addObject().put("value", role).put("primary", true);

    JsonNode made = idp.create(asked).json();
    JsonNode patched =
        patched(
            UUID.fromString(made.path("id").asText()),
            Json.text(
                Json.object()
                    .put("op", "Add")
                    .put("path", "roles")
                    .set(
                        "value",
                        Json.array()
                            .add(Json.object().put("value", role.replace("uditor", "dmin"))))));

    assertThat(made.path("roles"))
        .containsExactly(
            Json.stored("{\"primary\":true,\"value\":\"auditor\",\"display\":\"Auditor\"}"));
    assertThat(patched.path("roles"))
        .hasSize(2)
        .contains(Json.stored("{\"value\":\"admin\",\"display\":\"Admin\"}"));
  }

  @ParameterizedTest // 36
  @ValueSource(strings = {"\\\"True\\\"", "\\\"true\\\"", "true", "True"})
  void choosesThePrimaryRoleHoweverItIsWritten(String primary) {
    UUID ada = idp.create(user("ada")).id();

    JsonNode patched =
        patched(
            ada,
            "{\"op\":\"Add\",\"path\":\"roles[primary eq %s].value\",\"value\":\"a\"}"
                .formatted(primary),
            "{\"op\":\"Add\",\"path\":\"roles[primary eq %s].displayName\",\"value\":\"A\"}"
                .formatted(primary));

    assertThat(patched.path("roles"))
        .containsExactly(Json.stored("{\"primary\":true,\"value\":\"a\",\"display\":\"A\"}"));
  }

  @ParameterizedTest // 39
  @ValueSource(strings = {"\"new@example.com\"", "[\"new@example.com\"]"})
  void readsAnAddressThatIsAString(String value) {
    UUID ada = idp.create(user("ada@example.com")).id();

    JsonNode patched =
        patched(ada, "{\"op\":\"Replace\",\"path\":\"emails\",\"value\":%s}".formatted(value));

    assertThat(patched.path("emails"))
        .containsExactly(
            Json.stored("{\"value\":\"new@example.com\",\"type\":\"work\",\"primary\":true}"));
  }

  private JsonNode patched(UUID id, String... operations) {
    Answer answer = idp.patchAll(id, operations);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    return answer.json();
  }
}
