package io.gatehouse.conformance;

import static io.gatehouse.conformance.Scim.ENT;
import static io.gatehouse.conformance.Scim.EXT;
import static io.gatehouse.conformance.Scim.defineExtension;
import static io.gatehouse.conformance.Scim.extended;
import static io.gatehouse.conformance.Scim.find;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.json;
import static io.gatehouse.conformance.Scim.names;
import static io.gatehouse.conformance.Scim.patch;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.search;
import static io.gatehouse.conformance.Scim.total;
import static io.gatehouse.conformance.Scim.userWith;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section E: types and characteristics, on an extension that has one attribute of each. */
class TypesConformanceTest {

  private final ScimClient idp = Gateway.shared().connection("standard");

  @BeforeEach
  void extendUser() {
    defineExtension(idp);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "{'userName':5}",
        "{'active':'yes'}",
        "{'active':1}",
        "{'emails':{}}",
        "{'emails':{'value':'a@x.com'}}",
        "{'emails':['a@x.com']}",
        "{'name':'x'}",
        "{'name':['x']}",
        "{'displayName':{'x':1}}",
        "{'displayName':['x']}",
        "{'title':true}"
      })
  void e01_refusesValuesOfAnotherType(String wrong) {
    scimError(idp.create(userWith("ada@example.com", wrong)), 400, "invalidValue");
    assertThat(total(get(idp, "/Users"))).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "{'level':'7'}",
        "{'level':1.5}",
        "{'ratio':'1.5'}",
        "{'remote':'true'}",
        "{'since':20200101}",
        "{'code':7}",
        "{'assets':'x'}",
        "{'assets':[{'weight':'heavy'}]}"
      })
  void e01_refusesValuesOfAnotherTypeInExtensionsToo(String wrong) {
    scimError(idp.create(extended("ada@example.com", wrong)), 400, "invalidValue");
  }

  @Test
  void e02_takesStringsForBooleansFromEntraOnly() {
    ScimClient entra = Gateway.shared().connection("entra");
    ObjectNode ada = userWith("ada@example.com", "{'active':'True'}");

    scimError(idp.create(ada), 400, "invalidValue");
    assertThat(entra.create(ada).json().path("active")).isEqualTo(json("{'it':true}").path("it"));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(longs = {9007199254740993L, -1, 0, Long.MAX_VALUE, Long.MIN_VALUE})
  void e03_keepsIntegersExactly(long number) {
    Answer ada = idp.create(extended("ada@example.com", "{'level':" + number + "}"));

    assertThat(ada.json().path(EXT).path("level").asText()).isEqualTo(String.valueOf(number));
    assertThat(idp.get(ada.id()).http().body()).contains("\"level\":" + number + "}");
    assertThat(total(find(idp, "/Users", "level eq " + number))).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"1.0", "1.5", "1e2"})
  void e03_refusesIntegersWithAFractionOrAnExponent(String number) {
    String body = Json.text(extended("ada@example.com", "{'level':7}"));

    scimError(
        Gateway.shared()
            .call("POST", "/scim/v2/Users", idp.token(), body.replace(":7}", ":" + number + "}")),
        400,
        "invalidValue");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"2020-01-01", "today", "10:00:00Z", "2020-13-01T00:00:00Z"})
  void e04_refusesADateTimeWithoutBoth(String time) {
    scimError(
        idp.create(extended("ada@example.com", "{'since':'" + time + "'}")), 400, "invalidValue");
  }

  @Test
  void e04_comparesDateTimesAsPointsInTime() {
    String noon = "2020-01-01T12:00:00.000+02:00";
    Answer ada = idp.create(extended("ada@example.com", "{'since':'" + noon + "'}"));

    assertThat(Instant.parse(ada.json().path(EXT).path("since").asText()))
        .isEqualTo(Instant.parse("2020-01-01T10:00:00Z"));
    assertThat(total(find(idp, "/Users", "since eq \"2020-01-01T10:00:00Z\""))).isEqualTo(1);
    assertThat(total(find(idp, "/Users", "since lt \"2020-01-01T11:00:00Z\""))).isEqualTo(1);
    assertThat(total(find(idp, "/Users", "since gt \"2020-01-01T11:59:59+02:00\""))).isEqualTo(1);
  }

  @Test
  void e05_takesBase64WithAndWithoutPadding() {
    assertThat(idp.create(extended("a@example.com", "{'badge':'YQ=='}")).status()).isEqualTo(201);
    assertThat(idp.create(extended("b@example.com", "{'badge':'YQ'}")).status()).isEqualTo(201);
    scimError(idp.create(extended("c@example.com", "{'badge':'%%'}")), 400, "invalidValue");
    scimError(idp.create(extended("d@example.com", "{'badge':'Y'}")), 400, "invalidValue");
  }

  @Test
  void e06_takesUrisForReferencesAndComparesThemExactly() {
    idp.create(extended("a@example.com", "{'manual':'https://example.com/Guide'}"));
    idp.create(extended("b@example.com", "{'manual':'../guides/2'}"));

    scimError(idp.create(extended("c@example.com", "{'manual':'not a uri'}")), 400, "invalidValue");
    scimError(
        idp.create(userWith("c@example.com", "{'profileUrl':'://x y'}")), 400, "invalidValue");
    assertThat(names(find(idp, "/Users", "manual eq \"https://example.com/Guide\"")))
        .containsExactly("a@example.com");
    assertThat(total(find(idp, "/Users", "manual eq \"https://example.com/guide\""))).isZero();
    assertThat(names(find(idp, "/Users", "manual sw \"../\""))).containsExactly("b@example.com");
  }

  @Test
  void e07_comparesStringsAsTheirSchemaSays() {
    Answer ada =
        idp.create(
            extended(
                "ada@example.com",
                "{'code':'Abc','note':'Abc','assets':[{'value':'Abc','type':'Key'}]}"));

    assertThat(ada.json().path(EXT).path("code").asText()).isEqualTo("Abc");
    assertThat(total(find(idp, "/Users", "code eq \"Abc\""))).isEqualTo(1);
    assertThat(total(find(idp, "/Users", "code eq \"abc\" or code sw \"a\""))).isZero();
    assertThat(total(find(idp, "/Users", "note eq \"aBC\" and note sw \"a\""))).isEqualTo(1);
    assertThat(total(find(idp, "/Users", "assets[type eq \"KEY\" and value eq \"Abc\"]")))
        .isEqualTo(1);
    assertThat(total(find(idp, "/Users", "assets[value eq \"abc\"]"))).isZero();
    String path = EXT + ":assets[value eq \"abc\"].type";
    scimError(
        patch(idp, "/Users/" + ada.id(), "{'op':'replace','path':'" + path + "','value':'Badge'}"),
        400,
        "noTarget");
  }

  @Test
  void e08_ignoresReadOnlyValuesOfAWholeResource() {
    ObjectNode ada = extended("ada@example.com", "{'serial':'mine','note':'x'}").put("id", "mine");
    ada.putArray("groups").addObject().put("value", "admins");
    Answer created = idp.create(ada);
    Answer replaced = idp.replace(created.id(), ada);

    for (Answer answer : List.of(created, replaced)) {
      assertThat(answer.json().path(EXT)).isEqualTo(json("{'note':'x'}"));
      assertThat(answer.json().has("groups")).isFalse();
      assertThat(answer.id()).isEqualTo(created.id());
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "id",
        "groups",
        "meta",
        "meta.created",
        EXT + ":serial",
        ENT + ":manager.displayName"
      })
  void e08_refusesToPatchWhatIsReadOnly(String path) {
    UUID ada = idp.create(user("ada@example.com")).id();

    scimError(
        patch(idp, "/Users/" + ada, "{'op':'replace','path':'" + path + "','value':'x'}"),
        400,
        "mutability");
  }

  @Test
  void e09_setsAnImmutableAttributeOnce() {
    UUID ada = idp.create(extended("ada@example.com", "{'origin':'hr'}")).id();

    assertThat(idp.replace(ada, extended("ada@example.com", "{'origin':'hr'}")).status())
        .isEqualTo(200);
    scimError(idp.replace(ada, extended("ada@example.com", "{'origin':'it'}")), 400, "mutability");
    scimError(patchOrigin(ada, "{'op':'replace','path':'%s','value':'it'}"), 400, "mutability");
    scimError(patchOrigin(ada, "{'op':'remove','path':'%s'}"), 400, "mutability");
    assertThat(idp.get(ada).json().path(EXT).path("origin").asText()).isEqualTo("hr");
  }

  @Test
  void e09_setsAnImmutableAttributeLaterWhenItIsUnset() {
    UUID ada = idp.create(user("ada@example.com")).id();
    UUID eve = idp.create(user("eve@example.com")).id();

    assertThat(
            patchOrigin(ada, "{'op':'add','path':'%s','value':'hr'}")
                .json()
                .at("/" + EXT + "/origin")
                .asText())
        .isEqualTo("hr");
    assertThat(
            idp.replace(eve, extended("eve@example.com", "{'origin':'it'}"))
                .json()
                .path(EXT)
                .path("origin")
                .asText())
        .isEqualTo("it");
  }

  private Answer patchOrigin(UUID id, String operation) {
    return patch(idp, "/Users/" + id, operation.formatted(EXT + ":origin"));
  }

  @Test
  void e10_neverShowsWhatIsWriteOnly() {
    ObjectNode ada = user("ada@example.com").put("password", "s3cret-pw");
    Answer created = idp.create(ada);
    String path = "/Users/" + created.id();

    for (Answer answer :
        List.of(
            created,
            idp.replace(created.id(), ada),
            patch(idp, path, "{'op':'add','path':'password','value':'s3cret-pw'}"),
            get(idp, path + "?attributes=password"),
            get(idp, "/Users?attributes=password,userName"),
            search(idp, "/Users/.search", "{'attributes':['password']}"))) {
      assertThat(answer.status()).isBetween(200, 201);
      assertThat(answer.http().body()).doesNotContain("s3cret-pw", "password");
    }
  }

  @Test
  void e11_alwaysShowsWhatIsAlwaysReturned() {
    UUID ada = idp.create(extended("ada@example.com", "{'label':'x','note':'y'}")).id();

    assertThat(get(idp, "/Users/" + ada + "?attributes=userName").json().path(EXT))
        .isEqualTo(json("{'label':'x'}"));
    assertThat(
            get(idp, "/Users/" + ada + "?excludedAttributes=" + EXT + ":label," + EXT + ":note")
                .json()
                .path(EXT))
        .isEqualTo(json("{'label':'x'}"));
    assertThat(get(idp, "/Users?attributes=userName").json().at("/Resources/0").path(EXT))
        .isEqualTo(json("{'label':'x'}"));
  }

  @Test
  void e11_showsWhatIsReturnedOnRequestOnlyThen() {
    UUID ada = idp.create(extended("ada@example.com", "{'hint':'x','note':'y'}")).id();
    String path = "/Users/" + ada;

    assertThat(get(idp, path).json().path(EXT)).isEqualTo(json("{'note':'y'}"));
    assertThat(get(idp, "/Users").http().body()).doesNotContain("hint");
    assertThat(get(idp, path + "?attributes=" + EXT + ":hint").json().path(EXT))
        .isEqualTo(json("{'hint':'x'}"));
    assertThat(
            search(idp, "/Users/.search", "{'attributes':['" + EXT + ":hint']}")
                .json()
                .at("/Resources/0")
                .path(EXT))
        .isEqualTo(json("{'hint':'x'}"));
  }

  @Test
  void e11_showsWhatIsReturnedOnRequestToTheWriteThatSetIt() {
    Answer created = idp.create(extended("ada@example.com", "{'hint':'x'}"));
    Answer patched =
        patch(
            idp,
            "/Users/" + created.id(),
            "{'op':'replace','path':'" + EXT + ":hint','value':'y'}");

    assertThat(created.json().path(EXT).path("hint").asText()).isEqualTo("x");
    assertThat(patched.json().path(EXT).path("hint").asText()).isEqualTo("y");
  }

  @Test
  void e12_refusesASecondHolderByEveryVerb() {
    idp.create(user("ada@example.com"));
    UUID eve = idp.create(user("eve@example.com")).id();
    String take = "{'op':'replace','path':'userName','value':'ada@example.com'}";

    scimError(idp.create(user("ada@example.com")), 409, "uniqueness");
    scimError(idp.replace(eve, user("ada@example.com")), 409, "uniqueness");
    scimError(patch(idp, "/Users/" + eve, take), 409, "uniqueness");
  }

  @Test
  void e13_takesTypesThatAreNotCanonical() {
    Answer ada =
        idp.create(userWith("ada@example.com", "{'emails':[{'value':'a@x.com','type':'school'}]}"));

    assertThat(ada.json().at("/emails/0/type").asText()).isEqualTo("school");
  }

  @Test
  void e14_refusesTwoPrimariesInOneResource() {
    String two =
        "{'emails':[{'value':'a@x.com','primary':true},{'value':'b@x.com','primary':true}]}";
    UUID eve = idp.create(user("eve@example.com")).id();

    scimError(idp.create(userWith("ada@example.com", two)), 400, "invalidValue");
    scimError(idp.replace(eve, userWith("eve@example.com", two)), 400, "invalidValue");
  }

  @Test
  void e14_takesAnAbsentPrimaryForFalse() {
    idp.create(userWith("a@example.com", "{'emails':[{'value':'a@x.com'}]}"));
    idp.create(userWith("b@example.com", "{'emails':[{'value':'b@x.com','primary':true}]}"));

    assertThat(names(find(idp, "/Users", "emails[primary eq false]")))
        .containsExactly("a@example.com");
    assertThat(names(find(idp, "/Users", "emails[primary eq true]")))
        .containsExactly("b@example.com");
  }

  @Test
  void e15_collapsesAValueThatComesTwice() {
    Answer ada =
        idp.create(
            userWith(
                "ada@example.com",
                "{'emails':[{'value':'a@x.com','type':'work'},{'type':'work','value':'a@x.com'}]}"));

    assertThat(ada.json().path("emails")).hasSize(1);
  }

  @Test
  void e16_echoesValuesAsTheyCame() {
    Answer ada =
        idp.create(
            userWith(
                "ada@example.com",
                "{'emails':[{'value':'Ada@EXAMPLE.com'}],'phoneNumbers':[{'value':'(0)1 23'}]}"));

    assertThat(ada.json().at("/emails/0/value").asText()).isEqualTo("Ada@EXAMPLE.com");
    assertThat(ada.json().at("/phoneNumbers/0/value").asText()).isEqualTo("(0)1 23");
  }

  @Test
  void e17_ignoresUnknownAttributesOfABody() {
    Answer ada =
        idp.create(
            extended("ada@example.com", "{'note':'x','nonsense':1}")
                .put("nonsense", "x")
                .<ObjectNode>setAll(json("{'name':{'givenName':'Ada','nonsense':1}}")));

    assertThat(ada.status()).isEqualTo(201);
    assertThat(ada.http().body()).doesNotContain("nonsense");
    assertThat(ada.json().path("name")).isEqualTo(json("{'givenName':'Ada'}"));
  }
}
