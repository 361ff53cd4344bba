package io.gatehouse.conformance;

import static io.gatehouse.conformance.Scim.ENT;
import static io.gatehouse.conformance.Scim.GROUP;
import static io.gatehouse.conformance.Scim.LIST;
import static io.gatehouse.conformance.Scim.createGroup;
import static io.gatehouse.conformance.Scim.find;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.group;
import static io.gatehouse.conformance.Scim.json;
import static io.gatehouse.conformance.Scim.keys;
import static io.gatehouse.conformance.Scim.names;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Sections H, I and J: creating, reading one, listing. */
class CreateAndReadConformanceTest {

  private final ScimClient idp = Gateway.shared().connection("standard");

  @Test
  void h01_answersACreateWithTheResourceAndItsLocation() {
    for (Answer created :
        List.of(idp.create(user("ada@example.com")), createGroup(idp, "Admins"))) {
      String location = created.header("Location");
      assertThat(created.status()).isEqualTo(201);
      assertThat(location).isNotEmpty().isEqualTo(created.json().at("/meta/location").asText());
      String path = location.substring(location.indexOf("/scim/v2") + "/scim/v2".length());
      assertThat(get(idp, path).json()).isEqualTo(created.json());
    }
  }

  @Test
  void h02_ignoresReadOnlyInput() {
    Answer ada =
        idp.create(
            userWith(
                "ada@example.com",
                "{'id':'mine','meta':{'version':'mine'},'groups':[{'value':'mine'}]}"));

    assertThat(ada.status()).isEqualTo(201);
    assertThat(ada.http().body()).doesNotContain("mine");
  }

  @Test
  void h03_refusesADuplicate() {
    idp.create(user("ada@example.com"));

    scimError(idp.create(userWith("ada@example.com", "{'title':'x'}")), 409, "uniqueness");
  }

  @Test
  void h04_takesTheTypeFromTheEndpoint() {
    ObjectNode admins = group("Admins").setAll(json("{'meta':{'resourceType':'User'}}"));

    assertThat(idp.call("POST", "/Groups", admins).json().at("/meta/resourceType").asText())
        .isEqualTo("Group");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "{'schemas':null}",
        "{'schemas':[]}",
        "{'schemas':['" + GROUP + "']}",
        "{'schemas':['" + Schema.USER + "','" + GROUP + "']}",
        "{'schemas':['" + Schema.USER + "','urn:example:nothing']}",
        "{'schemas':['" + ENT + "']}"
      })
  void h05_demandsTheSchemasOfTheEndpoint(String schemas) {
    UUID eve = idp.create(user("eve@example.com")).id();

    scimError(idp.create(userWith("ada@example.com", schemas)), 400, "invalidValue");
    scimError(idp.replace(eve, userWith("eve@example.com", schemas)), 400, "invalidValue");
  }

  @Test
  void h05_demandsSchemasAtAll() {
    scimError(idp.create(json("{'userName':'ada@example.com'}")), 400, "invalidValue");
    scimError(idp.call("POST", "/Groups", json("{'displayName':'Admins'}")), 400, "invalidValue");
    scimError(idp.call("POST", "/Groups", user("ada@example.com")), 400, "invalidValue");
  }

  @Test
  void h07_filtersByTheDefaultThatItShowed() {
    idp.create(user("ada@example.com"));

    assertThat(names(find(idp, "/Users", "active eq true"))).containsExactly("ada@example.com");
  }

  @Test
  void h08_showsOnlyWhatACreateAsksFor() {
    Answer few = idp.call("POST", "/Users?attributes=userName", user("ada@example.com"));
    Answer most = idp.call("POST", "/Users?excludedAttributes=emails", user("eve@example.com"));

    assertThat(few.status()).isEqualTo(201);
    assertThat(keys(few.json())).containsExactlyInAnyOrder("schemas", "id", "userName");
    assertThat(keys(most.json())).contains("userName", "name", "meta").doesNotContain("emails");
  }

  @Test
  void h09_readsItsOwnWrites() {
    Answer ada = idp.create(user("ada@example.com"));

    assertThat(idp.get(ada.id()).json()).isEqualTo(ada.json());
    assertThat(find(idp, "/Users", "userName eq \"ada@example.com\"").json().at("/Resources/0"))
        .isEqualTo(ada.json());
    assertThat(total(get(idp, "/Users?count=0"))).isEqualTo(1);
  }

  @Test
  void i01_knowsNobodyByAForeignId() {
    scimError(idp.get(UUID.randomUUID()), 404);
    scimError(get(idp, "/Groups/" + UUID.randomUUID()), 404);
    scimError(get(idp, "/Users/nobody"), 404);
  }

  @Test
  void i02_namesLocationAndVersionInEveryAnswer() {
    Answer ada = idp.create(user("ada@example.com"));
    String path = "/Users/" + ada.id();

    for (Answer answer :
        List.of(
            get(idp, path),
            idp.replace(ada.id(), user("ada@example.com")),
            patch(idp, path, "{'op':'add','path':'title','value':'x'}"))) {
      assertThat(answer.header("Location")).isEqualTo(ada.header("Location"));
      assertThat(answer.header("ETag")).isEqualTo(answer.json().at("/meta/version").asText());
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "/Users/..%2FUsers",
        "/Users/%00",
        "/Users/%2E%2E",
        "/Users/%25",
        "/Users/%F0%9F%91%A9",
        "/Users/'%3B--",
        "/Groups/%0D%0A"
      })
  void i03_survivesOddIds(String path) {
    Answer answer = get(idp, path);

    assertThat(answer.status()).as(path).isIn(400, 404);
    assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
  }

  @Test
  void i03_survivesALongId() {
    assertThat(get(idp, "/Users/" + "x".repeat(10_000)).status()).isIn(400, 404);
  }

  @Test
  void i04_ignoresAFilterOnOneResource() {
    Answer ada = idp.create(user("ada@example.com"));

    assertThat(get(idp, "/Users/" + ada.id() + "?filter=userName%20eq%20%22eve%22").json())
        .isEqualTo(ada.json());
  }

  @Test
  void i05_keepsTheTypesApart() {
    UUID ada = idp.create(user("ada@example.com")).id();
    UUID admins = createGroup(idp, "Admins").id();

    scimError(get(idp, "/Users/" + admins), 404);
    scimError(get(idp, "/Groups/" + ada), 404);
    scimError(idp.call("DELETE", "/Groups/" + ada, null), 404);
    assertThat(idp.get(ada).status()).isEqualTo(200);
  }

  @Test
  void j01_listsInTheFormOfAListResponse() {
    idp.create(user("ada@example.com"));
    JsonNode list = get(idp, "/Users").json();

    assertThat(keys(list))
        .containsExactlyInAnyOrder(
            "schemas", "totalResults", "startIndex", "itemsPerPage", "Resources");
    assertThat(list.path("schemas")).isEqualTo(Json.array().add(LIST));
    assertThat(list.path("totalResults").isInt()).isTrue();
    assertThat(list.path("startIndex").intValue()).isEqualTo(1);
    assertThat(list.path("itemsPerPage").intValue()).isEqualTo(1);
    assertThat(list.path("Resources")).hasSize(1);
  }

  @Test
  void j02_findsNothingWithoutAnError() {
    for (Answer none :
        List.of(get(idp, "/Users"), find(idp, "/Groups", "displayName eq \"Nobody\""))) {
      assertThat(total(none)).isZero();
      assertThat(none.json().get("Resources")).isEqualTo(Json.array());
      assertThat(none.json().path("itemsPerPage").intValue()).isZero();
    }
  }

  @Test
  void j03_queriesAllTypesAtTheRoot() {
    idp.create(userWith("ada@example.com", "{'displayName':'Same'}"));
    createGroup(idp, "Same");

    Answer both = find(idp, "/", "displayName eq \"Same\"");
    Answer users = find(idp, "/", "userName pr");

    assertThat(names(both)).containsExactly("ada@example.com", "Same");
    assertThat(names(users)).containsExactly("ada@example.com");
    assertThat(names(find(idp, "/", "meta.resourceType eq \"Group\""))).containsExactly("Same");
    assertThat(total(get(idp, "/?count=0"))).isEqualTo(2);
  }

  @Test
  void j05_neverListsWhatIsDeleted() {
    UUID ada = idp.create(user("ada@example.com")).id();
    UUID admins = createGroup(idp, "Admins").id();
    idp.delete(ada);
    idp.call("DELETE", "/Groups/" + admins, null);

    assertThat(total(get(idp, "/Users"))).isZero();
    assertThat(total(get(idp, "/Groups"))).isZero();
    assertThat(total(get(idp, "/"))).isZero();
    assertThat(total(search(idp, "/Users/.search", "{'filter':'id eq \"" + ada + "\"'}"))).isZero();
  }

  @Test
  void j06_listsEachResourceAsItIsReadAlone() {
    UUID ada = idp.create(userWith("ada@example.com", "{'" + ENT + "':{'department':'D'}}")).id();
    UUID admins = createGroup(idp, "Admins", ada).id();

    assertThat(get(idp, "/Users").json().at("/Resources/0")).isEqualTo(idp.get(ada).json());
    assertThat(get(idp, "/Groups").json().at("/Resources/0"))
        .isEqualTo(get(idp, "/Groups/" + admins).json());
    assertThat(get(idp, "/Users").json().at("/Resources/0/groups")).hasSize(1);
  }
}
