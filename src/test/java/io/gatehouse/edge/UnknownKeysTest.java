package io.gatehouse.edge;

import static io.gatehouse.conformance.Scim.ENT;
import static io.gatehouse.conformance.Scim.GROUP;
import static io.gatehouse.conformance.Scim.ada;
import static io.gatehouse.conformance.Scim.bulk;
import static io.gatehouse.conformance.Scim.createGroup;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.json;
import static io.gatehouse.conformance.Scim.patch;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.userWith;
import static io.gatehouse.conformance.Scim.values;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.idp.LeftOut;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PATCH ignores unknown names inside of values as POST and PUT do (RFC 7644 section 3.3). */
class UnknownKeysTest {

  @ParameterizedTest
  @ValueSource(strings = {"standard", "entra", "okta", "onelogin"})
  void areIgnoredInValues(String profile) {
    ScimClient idp = Gateway.shared().connection(profile);
    String ada = ada(idp);
    int n = 0;

    for (String op : List.of("add", "replace")) {
      String department = "d" + n;
      String title = "t" + n++;
      String container = "{'schemas':['" + ENT + "'],'x':1,'department':'" + department + "'}";
      String resource =
          "{'foo':1,'urn:x:2.0:User':{'a':1},'title':'" + title + "','" + ENT + "':" + container;
      for (String operation :
          List.of(
              "{'op':'" + op + "','path':'" + ENT + "','value':" + container + "}",
              "{'op':'" + op + "','value':{'foo':1,'title':'" + title + "'}}",
              "{'op':'" + op + "','value':" + resource + "}}")) {
        Answer answer = patch(idp, ada, operation);
        assertThat(answer.status()).as(operation + answer.http().body()).isEqualTo(200);
        assertThat(answer.json().has("foo")).isFalse();
      }
      JsonNode after = get(idp, ada).json();
      assertThat(after.path("title").asText()).isEqualTo(title);
      assertThat(after.path(ENT).path("department").asText()).isEqualTo(department);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "entra", "okta", "onelogin"})
  void areIgnoredBesideMembersAndInABulkRequest(String profile) {
    ScimClient idp = Gateway.shared().connection(profile);
    String ada = ada(idp);
    UUID crew = createGroup(idp, "Crew").id();
    String member = ada.substring("/Users/".length());

    Answer joined =
        patch(
            idp,
            "/Groups/" + crew,
            "{'op':'add','value':{'foo':1,'members':[{'value':'" + member + "','bar':2}]}}");
    JsonNode done =
        bulk(
                idp,
                "{'method':'PATCH','path':'"
                    + ada
                    + "','data':"
                    + "{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':"
                    + "[{'op':'add','value':{'foo':1,'title':'d'}}]}}")
            .json();

    assertThat(joined.status()).isIn(200, 204);
    assertThat(values(get(idp, "/Groups/" + crew).json().path("members"))).containsExactly(member);
    assertThat(done.path("Operations").path(0).path("status").asText()).isEqualTo("200");
    assertThat(get(idp, ada).json().path("title").asText()).isEqualTo("d");
  }

  /** Without a container there is no place for an attribute of an extension that nobody defined. */
  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "onelogin"})
  void areLeftOutWhereTheyAreOfAnExtensionThatNobodyDefined(String profile) {
    ScimClient idp = Gateway.shared().connection(profile);
    String key = "urn:ietf:params:scim:schemas:extension:undefined:2.0:User:attribute";
    int n = 0;
    for (String value : List.of("'v'", "7", "true", "['v']", "[{'value':'v'}]", "null", "[]")) {
      String more = "{'title':'t','" + key + "':" + value + "}";
      Answer created = idp.create(userWith("u" + n++ + "@example.com", more));
      assertThat(created.status()).as(more + created.http().body()).isEqualTo(201);
      assertThat(created.json().path("title").asText()).isEqualTo("t");
      assertThat(created.json().has(key)).isFalse();
      assertThat(LeftOut.repairs(created.id())).contains("leave-out-unknown-attributes " + key);

      Answer replaced = idp.replace(created.id(), userWith("u" + n + "@example.org", more));
      assertThat(replaced.status()).as(more + replaced.http().body()).isEqualTo(200);
      String data =
          "{'schemas':['" + GROUP + "'],'displayName':'g" + n + "','" + key + "':" + value + "}";
      assertThat(idp.call("POST", "/Groups", json(data)).status()).as(data).isEqualTo(201);
      String op = "{'op':'replace','value':{'title':'s','" + key + "':" + value + "}}";
      assertThat(patch(idp, "/Users/" + created.id(), op).json().path("title").asText())
          .as(op)
          .isEqualTo("s");
      String path = "{'op':'add','path':'" + key + "','value':" + value + "}";
      assertThat(patch(idp, "/Users/" + created.id(), path).status()).as(path).isIn(200, 204);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "onelogin"})
  void areRefusedWhereTheyMayBeMeantToDeactivate(String profile) {
    ScimClient idp = Gateway.shared().connection(profile);
    String ada = ada(idp);

    scimError(
        idp.call("PUT", ada, userWith("ada@example.com", "{'urn:x:2.0:User:active':false}")),
        400,
        "invalidPath");
  }

  @Test
  void areRefusedByTheStandardWhereNothingElseIsSaid() {
    ScimClient idp = Gateway.shared().connection("standard");
    String ada = ada(idp);

    for (String value : List.of("{'foo':1}", "{'" + ENT + "':{'foo':1}}", "{'x':{},'y':null}")) {
      scimError(patch(idp, ada, "{'op':'add','value':" + value + "}"), 400, "invalidPath");
    }
    scimError(
        patch(idp, ada, "{'op':'add','path':'" + ENT + "','value':{'foo':1}}"), 400, "invalidPath");
    scimError(patch(idp, ada, "{'op':'add','path':'foo','value':'x'}"), 400, "invalidPath");
    scimError(
        patch(idp, ada, "{'op':'add','path':'" + ENT + ":foo','value':'x'}"), 400, "invalidPath");
    scimError(
        patch(idp, ada, "{'op':'add','value':{'name.foo':1,'title':'x'}}"), 400, "invalidPath");
    scimError(
        patch(idp, ada, "{'op':'add','value':{'urn:x:User:active':false,'title':'x'}}"),
        400,
        "invalidPath");
    assertThat(get(idp, ada).json().has("title")).isFalse();
  }

  @Test
  void doNotHideTheContainerOfTheCoreSchema() {
    ScimClient idp = Gateway.shared().connection("standard");
    String ada = ada(idp);

    Answer answer =
        patch(
            idp,
            ada,
            "{'op':'replace','value':{'" + Schema.USER + "':{'active':false},'title':'d'}}");

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    assertThat(answer.json().path("active").asBoolean()).isFalse();
    assertThat(answer.json().path("title").asText()).isEqualTo("d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "entra", "okta", "onelogin"})
  void neitherIsActiveRemovedNorAGroupEmptiedByABlank(String profile) {
    ScimClient idp = Gateway.shared().connection(profile);
    String ada = ada(idp);
    String crew =
        "/Groups/"
            + createGroup(idp, "Crew", UUID.fromString(ada.substring("/Users/".length()))).id();

    scimError(patch(idp, ada, "{'op':'remove','path':'active'}"), 400, "mutability");
    scimError(patch(idp, crew, "{'op':'remove','path':'members','value':''}"), 400, "invalidValue");

    assertThat(get(idp, ada).json().path("active").asBoolean()).isTrue();
    assertThat(values(get(idp, crew).json().path("members"))).hasSize(1);
  }
}
