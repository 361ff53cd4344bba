package io.gatehouse.idp;

import static io.gatehouse.conformance.Scim.createGroup;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.json;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.total;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.conformance.Scim;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a body is, its address and method say as well as its {@code schemas}. */
class SchemasLeftOutTest {

  /** In place of the right ones. */
  private static final List<String> MESSAGES =
      List.of(
          "{}",
          "{'schemas':null}",
          "{'schemas':[]}",
          "{'schemas':['urn:ietf:params:scim:schemas:core:2.0:PatchOp']}",
          "{'schemas':'urn:ietf:params:scim:api:messages:2.0:PatchOp'}",
          "{'Schemas':['urn:x:y']}");

  private static final List<String> RESOURCES =
      List.of("{}", "{'schemas':null}", "{'schemas':[]}", "{'Schemas':null}");

  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "onelogin"})
  void areNotMissedInAPatchASearchOrAResource(String profile) {
    ScimClient idp = Gateway.shared().connection(profile);
    UUID ava = idp.create(user("ava@example.com")).id();
    UUID crew = createGroup(idp, "Crew", ava).id();
    int n = 0;

    for (String schemas : MESSAGES) {
      String title = "t" + n++;
      String operation = "{'op':'replace','path':'title','value':'" + title + "'}";
      String name = "{'op':'replace','path':'externalId','value':'" + title + "'}";
      assertThat(idp.call("PATCH", "/Users/" + ava, patch(schemas, operation)).status())
          .as(schemas)
          .isEqualTo(200);
      assertThat(get(idp, "/Users/" + ava).json().path("title").asText()).isEqualTo(title);
      assertThat(idp.call("PATCH", "/Groups/" + crew, patch(schemas, name)).status())
          .isIn(200, 204);
      assertThat(get(idp, "/Groups/" + crew).json().path("externalId").asText()).isEqualTo(title);
      ObjectNode search = json(schemas).put("filter", "title eq \"" + title + "\"");
      assertThat(total(idp.call("POST", "/Users/.search", search))).as(schemas).isEqualTo(1);
      assertThat(total(idp.call("POST", "/.search", search))).as(schemas).isEqualTo(1);
    }
    for (String schemas : RESOURCES) {
      String name = "n" + n++;
      ObjectNode user = json(schemas).put("userName", name);
      assertThat(idp.create(user).json().path("schemas").get(0).asText())
          .isEqualTo("urn:ietf:params:scim:schemas:core:2.0:User");
      assertThat(idp.call("PUT", "/Users/" + ava, user.put("userName", name + "x")).status())
          .isEqualTo(200);
      ObjectNode team = json(schemas).put("displayName", name);
      assertThat(idp.call("POST", "/Groups", team).status()).isEqualTo(201);
      assertThat(idp.call("PUT", "/Groups/" + crew, team.put("displayName", name + "x")).status())
          .isEqualTo(200);
    }
    assertThat(LeftOut.repairs(ava)).contains("schemas-from-address schemas");
    assertThat(LeftOut.repairs(crew)).contains("schemas-from-address schemas");
  }

  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "onelogin"})
  void areNotMissedInTheOperationsOfABulkRequest(String profile) {
    ScimClient idp = Gateway.shared().connection(profile);
    UUID ava = idp.create(user("ava@example.com")).id();

    JsonNode done =
        Scim.bulk(
                idp,
                "{'method':'POST','path':'/Users','bulkId':'u','data':{'userName':'ben'}}",
                "{'method':'PATCH','path':'/Users/"
                    + ava
                    + "','data':{'Operations':[{'op':'replace','path':'active','value':false}]}}")
            .json();

    assertThat(done.path("Operations"))
        .extracting(it -> it.path("status").asText())
        .containsExactly("201", "200");
    assertThat(idp.get(ava).json().path("active").asBoolean()).isFalse();
  }

  @Test
  void areNeededByTheStandard() {
    ScimClient idp = Gateway.shared().connection("standard");
    UUID ava = idp.create(user("ava@example.com")).id();
    String operation = "{'op':'replace','path':'title','value':'x'}";

    for (String schemas : MESSAGES) {
      scimError(
          idp.call("PATCH", "/Users/" + ava, patch(schemas, operation)), 400, "invalidSyntax");
      scimError(idp.call("POST", "/Users/.search", json(schemas)), 400, "invalidSyntax");
    }
    for (String schemas : RESOURCES) {
      scimError(idp.create(json(schemas).put("userName", "x")), 400, "invalidValue");
      scimError(
          idp.call("PUT", "/Users/" + ava, json(schemas).put("userName", "x")),
          400,
          "invalidValue");
    }
    assertThat(idp.get(ava).json().has("title")).isFalse();
  }

  private static ObjectNode patch(String schemas, String operation) {
    ArrayNode operations = Json.array().add(json(operation));
    return json(schemas).set("Operations", operations);
  }
}
