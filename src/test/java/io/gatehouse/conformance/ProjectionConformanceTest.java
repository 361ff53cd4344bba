package io.gatehouse.conformance;

import static io.gatehouse.conformance.Scim.ENT;
import static io.gatehouse.conformance.Scim.EXT;
import static io.gatehouse.conformance.Scim.LIST;
import static io.gatehouse.conformance.Scim.createGroup;
import static io.gatehouse.conformance.Scim.defineExtension;
import static io.gatehouse.conformance.Scim.extended;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.json;
import static io.gatehouse.conformance.Scim.keys;
import static io.gatehouse.conformance.Scim.patch;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.search;
import static io.gatehouse.conformance.Scim.total;
import static io.gatehouse.conformance.Scim.userWith;
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
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sections P and Q: attributes, excludedAttributes, and searching by POST. */
class ProjectionConformanceTest {

  private final ScimClient idp = Gateway.shared().connection("standard");

  @Test
  void p01_narrowsEveryAnswer() {
    ObjectNode ada = user("ada@example.com");
    String only = "attributes=userName";
    UUID id = idp.call("POST", "/Users?" + only, ada).id();
    String path = "/Users/" + id;
    String change = "{'op':'add','path':'title','value':'x'}";

    for (JsonNode it :
        List.of(
            idp.call("POST", "/Users?" + only, user("eve@example.com")).json(),
            get(idp, path + "?" + only).json(),
            get(idp, "/Users?" + only).json().at("/Resources/0"),
            search(idp, "/Users/.search", "{'attributes':['userName']}").json().at("/Resources/0"),
            idp.call("PUT", path + "?" + only, ada).json(),
            patch(idp, path + "?" + only, change).json())) {
      assertThat(keys(it)).containsExactlyInAnyOrder("schemas", "id", "userName");
    }
  }

  @Test
  void p01_omitsFromEveryAnswer() {
    ObjectNode ada = user("ada@example.com");
    String without = "excludedAttributes=emails";
    UUID id = idp.create(ada).id();
    String path = "/Users/" + id;
    String change = "{'op':'add','path':'title','value':'x'}";

    for (JsonNode it :
        List.of(
            idp.call("POST", "/Users?" + without, user("eve@example.com")).json(),
            get(idp, path + "?" + without).json(),
            get(idp, "/Users?" + without).json().at("/Resources/0"),
            search(idp, "/Users/.search", "{'excludedAttributes':['emails']}")
                .json()
                .at("/Resources/0"),
            idp.call("PUT", path + "?" + without, ada).json(),
            patch(idp, path + "?" + without, change).json())) {
      assertThat(keys(it)).contains("userName", "name", "meta").doesNotContain("emails");
    }
  }

  @Test
  void p02_showsTheMinimumAndWhatWasAskedFor() {
    UUID ada = idp.create(user("ada@example.com")).id();
    UUID admins = createGroup(idp, "Admins", ada).id();

    assertThat(keys(get(idp, "/Users/" + ada + "?attributes=name").json()))
        .containsExactlyInAnyOrder("schemas", "id", "name");
    assertThat(get(idp, "/Users/" + ada + "?attributes=userName").json().path("schemas"))
        .isEqualTo(Json.array().add(Schema.USER));
    assertThat(keys(get(idp, "/Groups/" + admins + "?attributes=displayName").json()))
        .containsExactlyInAnyOrder("schemas", "id", "displayName");
  }

  @Test
  void p03_neverExcludesTheId() {
    UUID ada = idp.create(user("ada@example.com")).id();
    JsonNode shown = get(idp, "/Users/" + ada + "?excludedAttributes=id,schemas,userName").json();

    assertThat(shown.path("id").asText()).isEqualTo(ada.toString());
    assertThat(keys(shown)).contains("schemas", "emails", "meta").doesNotContain("userName");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          name.givenName                                        | {'name':{'givenName':'Ada'}}
          NAME.GIVENNAME                                        | {'name':{'givenName':'Ada'}}
          emails.value                                          | {'emails':[{'value':'ada@example.com'}]}
          urn:ietf:params:scim:schemas:core:2.0:User:userName   | {'userName':'ada@example.com'}
          URN:ietf:params:scim:schemas:core:2.0:USER:Name.givenName | {'name':{'givenName':'Ada'}}
          urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department | {'ENT':{'department':'D'}}
          urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value | {'ENT':{'manager':{'value':'7'}}}
          urn:ietf:params:scim:schemas:extension:enterprise:2.0:User | {'ENT':{'department':'D','manager':{'value':'7'}}}
          userName,name.givenName                               | {'userName':'ada@example.com','name':{'givenName':'Ada'}}
          userName,%20userName,,                                | {'userName':'ada@example.com'}
          name.givenName,name                                   | {'name':{'givenName':'Ada','familyName':'Lovelace'}}
          """)
  void p04_readsEveryNotation(String attributes, String expected) {
    UUID ada = enterpriseAda();
    ObjectNode shown = (ObjectNode) get(idp, "/Users/" + ada + "?attributes=" + attributes).json();

    assertThat(shown.remove("id").asText()).isEqualTo(ada.toString());
    assertThat(shown.remove("schemas")).isNotEmpty();
    assertThat(shown).isEqualTo(json(expected.replace("ENT", ENT)));
  }

  @Test
  void p05_excludesASubAttributeAndKeepsItsSiblings() {
    UUID ada = enterpriseAda();
    String excluded = "name.givenName,emails.type," + ENT + ":department";
    JsonNode shown = get(idp, "/Users/" + ada + "?excludedAttributes=" + excluded).json();

    assertThat(shown.path("name")).isEqualTo(json("{'familyName':'Lovelace'}"));
    assertThat(shown.at("/emails/0")).isEqualTo(json("{'value':'ada@example.com','primary':true}"));
    assertThat(shown.path(ENT)).isEqualTo(json("{'manager':{'value':'7'}}"));
  }

  @Test
  void p05_showsOnlyTheSubAttributesAskedForOfMembers() {
    UUID ada = idp.create(user("ada@example.com")).id();
    UUID admins = createGroup(idp, "Admins", ada).id();

    assertThat(get(idp, "/Groups/" + admins + "?attributes=members.value").json().path("members"))
        .isEqualTo(Json.array().add(Json.object().put("value", ada.toString())));
  }

  @Test
  void p06_refusesBothAtOnce() {
    UUID ada = idp.create(user("ada@example.com")).id();
    String both = "attributes=userName&excludedAttributes=emails";

    scimError(get(idp, "/Users/" + ada + "?" + both), 400, "invalidValue");
    scimError(get(idp, "/Users?" + both), 400, "invalidValue");
    scimError(
        search(
            idp, "/Users/.search", "{'attributes':['userName'],'excludedAttributes':['emails']}"),
        400,
        "invalidValue");
    scimError(idp.call("POST", "/Users?" + both, user("eve@example.com")), 400, "invalidValue");
    assertThat(total(get(idp, "/Users"))).isEqualTo(1);
  }

  @Test
  void p07_ignoresUnknownNames() {
    Answer ada = idp.create(user("ada@example.com"));
    String path = "/Users/" + ada.id();

    assertThat(keys(get(idp, path + "?attributes=nonsense,userName,name.nonsense").json()))
        .containsExactlyInAnyOrder("schemas", "id", "userName");
    assertThat(get(idp, path + "?excludedAttributes=nonsense").json()).isEqualTo(ada.json());
  }

  @Test
  void p08_showsWhatIsReturnedOnRequestAndNeverAPassword() {
    defineExtension(idp);
    UUID ada =
        idp.create(extended("ada@example.com", "{'hint':'x'}").put("password", "s3cret-pw")).id();
    Answer shown = get(idp, "/Users/" + ada + "?attributes=password," + EXT + ":hint");

    assertThat(shown.json().path(EXT)).isEqualTo(json("{'hint':'x'}"));
    assertThat(shown.http().body()).doesNotContain("s3cret-pw", "password");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          /Users  |                                          | {}
          /Users  | filter=title%20pr                        | {'filter':'title pr'}
          /Users  | sortBy=userName&sortOrder=descending     | {'sortBy':'userName','sortOrder':'descending'}
          /Users  | startIndex=2&count=1&sortBy=userName     | {'startIndex':2,'count':1,'sortBy':'userName'}
          /Users  | attributes=userName,name.givenName       | {'attributes':['userName','name.givenName']}
          /Users  | excludedAttributes=emails,meta           | {'excludedAttributes':['emails','meta']}
          /Groups | filter=displayName%20eq%20%22admins%22   | {'filter':'displayName eq "admins"'}
          /Groups | excludedAttributes=members               | {'excludedAttributes':['members']}
          /       | filter=displayName%20pr                  | {'filter':'displayName pr'}
          /       | count=0                                  | {'count':0}
          """)
  void q01_answersASearchLikeTheSameGet(String endpoint, String query, String message) {
    UUID ada = idp.create(userWith("ada@example.com", "{'title':'x','displayName':'Ada'}")).id();
    idp.create(user("eve@example.com"));
    createGroup(idp, "Admins", ada);

    Answer got = get(idp, endpoint + (query == null ? "" : "?" + query));
    Answer searched =
        search(idp, endpoint.equals("/") ? "/.search" : endpoint + "/.search", message);

    assertThat(searched.status()).isEqualTo(200);
    assertThat(total(searched)).isPositive();
    assertThat(searched.json()).isEqualTo(got.json());
  }

  @Test
  void q02_demandsASearchRequestAndAGoodFilter() {
    for (String schemas : List.of("{}", "{'schemas':[]}", "{'schemas':['" + LIST + "']}")) {
      scimError(idp.call("POST", "/Users/.search", json(schemas)), 400, "invalidSyntax");
      scimError(idp.call("POST", "/.search", json(schemas)), 400, "invalidSyntax");
    }
    scimError(search(idp, "/Users/.search", "{'filter':'userName eq'}"), 400, "invalidFilter");
    scimError(search(idp, "/Groups/.search", "{'filter':'((' }"), 400, "invalidFilter");
    scimError(search(idp, "/.search", "{'filter':'nonsense pr'}"), 400, "invalidFilter");
  }

  @Test
  void q03_createsNothingAndIsNoResource() {
    search(idp, "/Users/.search", "{'userName':'eve@example.com'}");

    assertThat(total(get(idp, "/Users"))).isZero();
    scimError(get(idp, "/Users/.search"), 405);
    scimError(get(idp, "/Groups/.search"), 405);
    scimError(get(idp, "/.search"), 405);
  }

  private UUID enterpriseAda() {
    ObjectNode ada =
        userWith("ada@example.com", "{'" + ENT + "':{'department':'D','manager':{'value':'7'}}}");
    ada.withArray("schemas").add(ENT);
    return idp.create(ada).id();
  }
}
