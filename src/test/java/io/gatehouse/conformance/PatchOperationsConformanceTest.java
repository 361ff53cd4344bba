package io.gatehouse.conformance;

import static io.gatehouse.conformance.Scim.ENT;
import static io.gatehouse.conformance.Scim.ada;
import static io.gatehouse.conformance.Scim.createGroup;
import static io.gatehouse.conformance.Scim.find;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.json;
import static io.gatehouse.conformance.Scim.keys;
import static io.gatehouse.conformance.Scim.patch;
import static io.gatehouse.conformance.Scim.patched;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.shows;
import static io.gatehouse.conformance.Scim.total;
import static io.gatehouse.conformance.Scim.values;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section S: add, remove and replace, each by its own rules. */
class PatchOperationsConformanceTest {

  private static final String WORK = "emails[type eq \"work\"]";

  private final ScimClient idp = Gateway.shared().connection("standard");

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "{'op':'add','path':'title'}",
        "{'op':'replace','path':'title'}",
        "{'op':'add'}",
        "{'op':'replace'}",
        "{'op':'add','value':'x'}"
      })
  void s20_demandsAValue(String operation) {
    scimError(patch(idp, ada(idp), operation), 400, "invalidValue");
  }

  @Test
  void s21_mergesAPartialResource() {
    JsonNode ada =
        patched(
            idp,
            "{'op':'add','path':'" + ENT + ":division','value':'A'}",
            "{'op':'add','value':{'title':'x','name':{'givenName':'Eve'},"
                + "'emails':[{'value':'b@x.com','type':'home'}],'"
                + ENT
                + "':{'department':'D'}}}");

    shows(ada, "{'title':'x','name':{'givenName':'Eve','familyName':'Lovelace'}}");
    shows(ada, "{'ENT':{'division':'A','department':'D'}}");
    assertThat(values(ada.path("emails"))).containsExactly("ada@example.com", "b@x.com");
  }

  @Test
  void s21_readsPathsAsKeysFromEntra() {
    ScimClient entra = Gateway.shared().connection("entra");
    String path = "/Users/" + entra.create(user("ada@example.com")).id();
    String value = "{'name.givenName':'Eve','" + ENT + ":department':'D'}";
    Answer patched = patch(entra, path, "{'op':'Add','value':" + value + "}");

    assertThat(patched.json().path("name").path("givenName").asText()).isEqualTo("Eve");
    assertThat(patched.json().path(ENT).path("department").asText()).isEqualTo("D");
    assertThat(patched.http().body()).doesNotContain("name.givenName", ":department\"");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "s22 sets | 'title' | 'x' | {'title':'x'}",
        "s22 sets again | 'userName' | 'eve' | {'userName':'eve'}",
        "s23 merges | 'name' | {'givenName':'Eve'} | {'name':{'givenName':'Eve','familyName':'Lovelace'}}",
        "s24 appends one | 'phoneNumbers' | {'value':'1'} | {'phoneNumbers':[{'value':'1'}]}",
        "s24 appends some | 'phoneNumbers' | [{'value':'1'},{'value':'2'}] | {'phoneNumbers':[{'value':'1'},{'value':'2'}]}"
      })
  void s22_s23_s24_addsByTheKindOfAttribute(
      String rule, String path, String value, String expected) {
    shows(patched(idp, "{'op':'add','path':" + path + ",'value':" + value + "}"), expected);
  }

  @Test
  void s24_appendsToWhatIsThere() {
    String one = "{'op':'add','path':'emails','value':{'value':'b@x.com'}}";
    String some = "{'op':'add','path':'emails','value':[{'value':'c@x.com'},{'value':'d@x.com'}]}";

    assertThat(values(patched(idp, one, some).path("emails")))
        .containsExactly("ada@example.com", "b@x.com", "c@x.com", "d@x.com");
  }

  @Test
  void s25_changesNothingByAddingWhatIsThere() {
    Answer ada = idp.create(user("ada@example.com"));
    String email = "{'type':'work','value':'ada@example.com','primary':true}";
    Answer again =
        patch(
            idp,
            "/Users/" + ada.id(),
            "{'op':'add','path':'emails','value':[" + email + "]}",
            "{'op':'add','path':'name.givenName','value':'Ada'}");

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(ada.json());
  }

  @Test
  void s25_changesNothingByAddingAMemberAgain() {
    UUID ada = idp.create(user("ada@example.com")).id();
    Answer admins = createGroup(idp, "Admins", ada);
    Answer again =
        patch(
            idp,
            "/Groups/" + admins.id(),
            "{'op':'add','path':'members','value':[{'value':'" + ada + "'}]}");

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(admins.json());
    assertThat(again.header("ETag")).isEqualTo(admins.header("ETag"));
  }

  @Test
  void s26_setsASubAttributeOfEveryMatch() {
    JsonNode emails =
        patched(
                idp,
                "{'op':'add','path':'emails','value':{'value':'b@x.com','type':'work'}}",
                "{'op':'add','path':'emails','value':{'value':'c@x.com','type':'home'}}",
                "{'op':'add','path':'" + WORK + ".display','value':'x'}")
            .path("emails");

    assertThat(emails).extracting(it -> it.path("display").asText()).containsExactly("x", "x", "");
  }

  @Test
  void s27_makesTheElementThatAnAddIsFor() {
    shows(
        patched(
            idp,
            "{'op':'remove','path':'emails'}",
            "{'op':'add','path':'" + WORK + ".value','value':'new@x.com'}"),
        "{'emails':[{'type':'work','value':'new@x.com'}]}");
  }

  @Test
  void s30_demandsAPathToRemove() {
    String ada = ada(idp);

    scimError(patch(idp, ada, "{'op':'remove'}"), 400, "noTarget");
    scimError(patch(idp, ada, "{'op':'remove','value':{'title':'x'}}"), 400, "noTarget");
  }

  @Test
  void s31_s32_s33_s34_removesWhatAPathNames() {
    String more =
        "{'op':'add','value':{'title':'x','phoneNumbers':[{'value':'1'}],'addresses':"
            + "[{'type':'work','region':'R','locality':'L'}],'emails':"
            + "[{'value':'w@example.org','type':'work'},{'value':'h@x.com','type':'home'}]}}";
    JsonNode ada =
        patched(
            idp,
            more,
            "{'op':'remove','path':'title'}",
            "{'op':'remove','path':'name.familyName'}",
            "{'op':'remove','path':'phoneNumbers'}",
            "{'op':'remove','path':'addresses[type eq \"work\"].region'}",
            "{'op':'remove','path':'emails[type eq \"work\" and value ew \"example.com\"]'}");

    assertThat(keys(ada)).doesNotContain("title", "phoneNumbers");
    shows(ada, "{'name':{'givenName':'Ada'},'addresses':[{'type':'work','locality':'L'}]}");
    assertThat(values(ada.path("emails"))).containsExactly("w@example.org", "h@x.com");
  }

  @Test
  void s33_unassignsAnAttributeWithItsLastElement() {
    assertThat(keys(patched(idp, "{'op':'remove','path':'" + WORK + "'}")))
        .doesNotContain("emails");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"userName", "id", "meta", "meta.location", "groups"})
  void s35_removesNothingThatIsRequiredOrReadOnly(String path) {
    String ada = ada(idp);
    JsonNode before = get(idp, ada).json();

    scimError(patch(idp, ada, "{'op':'remove','path':'" + path + "'}"), 400, "mutability");
    assertThat(get(idp, ada).json()).isEqualTo(before);
  }

  @Test
  void s35_removesNeitherActiveNorWhatNamesNoMember() {
    String ada = ada(idp);
    UUID eve = idp.create(user("eve@example.com")).id();
    String admins = "/Groups/" + createGroup(idp, "Admins", eve).id();

    scimError(patch(idp, ada, "{'op':'remove','path':'active'}"), 400, "mutability");
    for (String nobody : List.of("''", "[{'value':''}]", "{}", "[{}]")) {
      String remove = "{'op':'remove','path':'members','value':" + nobody + "}";
      scimError(patch(idp, admins, remove), 400, "invalidValue");
    }
    assertThat(get(idp, ada).json().path("active").asBoolean()).isTrue();
    assertThat(values(get(idp, admins).json().path("members"))).containsExactly(eve.toString());
  }

  @Test
  void s35_removesNoNameFromAGroup() {
    String admins = "/Groups/" + createGroup(idp, "Admins").id();

    scimError(patch(idp, admins, "{'op':'remove','path':'displayName'}"), 400, "mutability");
    scimError(patch(idp, admins, "{'op':'remove','path':'id'}"), 400, "mutability");
  }

  @Test
  void s36_removesWhatIsAbsentWithoutAnError() {
    Answer ada = idp.create(user("ada@example.com"));
    Answer admins = createGroup(idp, "Admins", ada.id());
    String nobody = "members[value eq \"" + UUID.randomUUID() + "\"]";
    Answer left = patch(idp, "/Groups/" + admins.id(), "{'op':'remove','path':'" + nobody + "'}");

    assertThat(left.status()).isEqualTo(200);
    assertThat(left.json()).isEqualTo(admins.json());
    for (String path :
        List.of("title", "name.middleName", "emails[type eq \"x\"]", ENT + ":department")) {
      Answer same = patch(idp, "/Users/" + ada.id(), "{'op':'remove','path':'" + path + "'}");
      assertThat(same.status()).as(path).isEqualTo(200);
      assertThat(same.json().path("meta")).as(path).isEqualTo(ada.json().path("meta"));
    }
  }

  @Test
  void s37_removesOnlyTheMembersThatAValueLists() {
    UUID ada = idp.create(user("ada@example.com")).id();
    UUID eve = idp.create(user("eve@example.com")).id();
    UUID joe = idp.create(user("joe@example.com")).id();
    String admins = "/Groups/" + createGroup(idp, "Admins", ada, eve, joe).id();
    String listed = "[{'value':'" + ada + "'},{'value':'" + UUID.randomUUID() + "'}]";

    Answer left = patch(idp, admins, "{'op':'remove','path':'members','value':" + listed + "}");

    assertThat(values(left.json().path("members")))
        .containsExactlyInAnyOrder(eve.toString(), joe.toString());
    assertThat(
            patch(idp, admins, "{'op':'remove','path':'members','value':[]}")
                .json()
                .path("members"))
        .hasSize(2);
    assertThat(patch(idp, admins, "{'op':'remove','path':'members'}").json().path("members"))
        .isEmpty();
  }

  @Test
  void s37_removesOnlyTheValuesThatAValueLists() {
    String add = "{'op':'add','path':'emails','value':[{'value':'b@x.com','type':'home'}]}";
    String remove = "{'op':'remove','path':'emails','value':[{'value':'b@x.com','type':'home'}]}";

    assertThat(values(patched(idp, add, remove).path("emails"))).containsExactly("ada@example.com");
  }

  @Test
  void s38_removesTheMembersThatAFilterNames() {
    UUID ada = idp.create(user("ada@example.com")).id();
    UUID eve = idp.create(user("eve@example.com")).id();
    UUID joe = idp.create(user("joe@example.com")).id();
    String admins = "/Groups/" + createGroup(idp, "Admins", ada, eve, joe).id();
    String two = "members[value eq \"" + ada + "\" or value eq \"" + joe + "\"]";

    assertThat(
            values(
                patch(idp, admins, "{'op':'remove','path':'" + two + "'}").json().path("members")))
        .containsExactly(eve.toString());
  }

  @Test
  void s40_replacesWhatAPartialResourceNames() {
    JsonNode ada =
        patched(
            idp,
            "{'op':'replace','value':{'title':'x','emails':[{'value':'b@x.com'}],"
                + "'name':{'givenName':'Eve'}}}");

    shows(ada, "{'title':'x','emails':[{'value':'b@x.com'}],'userName':'ada@example.com'}");
    shows(ada, "{'name':{'givenName':'Eve','familyName':'Lovelace'}}");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "s41 sets what is absent | 'title' | 'x' | {'title':'x'}",
        "s42 leaves what is unspecified | 'name' | {'givenName':'Eve'} | {'name':{'givenName':'Eve','familyName':'Lovelace'}}",
        "s43 replaces all values | 'emails' | [{'value':'b'},{'value':'c'}] | {'emails':[{'value':'b'},{'value':'c'}]}"
      })
  void s41_s42_s43_replacesByTheKindOfAttribute(
      String rule, String path, String value, String expected) {
    shows(patched(idp, "{'op':'replace','path':" + path + ",'value':" + value + "}"), expected);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"[]", "null"})
  void s43_unassignsAllValues(String nothing) {
    assertThat(keys(patched(idp, "{'op':'replace','path':'emails','value':" + nothing + "}")))
        .doesNotContain("emails");
  }

  @Test
  void s43_replacesAllMembers() {
    UUID ada = idp.create(user("ada@example.com")).id();
    UUID eve = idp.create(user("eve@example.com")).id();
    String admins = "/Groups/" + createGroup(idp, "Admins", ada).id();
    String only = "[{'value':'" + eve + "'}]";

    assertThat(
            values(
                patch(idp, admins, "{'op':'replace','path':'members','value':" + only + "}")
                    .json()
                    .path("members")))
        .containsExactly(eve.toString());
    assertThat(
            patch(idp, admins, "{'op':'replace','path':'members','value':[]}")
                .json()
                .get("members"))
        .isEqualTo(Json.array());
  }

  @Test
  void s44_replacesEveryMatch() {
    String second = "{'op':'add','path':'emails','value':{'value':'b@x.com','type':'work'}}";

    assertThat(
            patched(idp, second, "{'op':'replace','path':'" + WORK + ".type','value':'old'}")
                .path("emails")
                .findValuesAsText("type"))
        .containsExactly("old", "old");
    assertThat(
            patch(
                    idp,
                    "/Users/" + idp.create(user("eve@example.com")).id(),
                    second,
                    "{'op':'replace','path':'" + WORK + "','value':{'display':'x'}}")
                .json()
                .path("emails")
                .findValuesAsText("display"))
        .containsExactly("x", "x");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {"emails[type eq \"fax\"].value", "emails[type eq \"fax\"]", "ims[value pr].value"})
  void s45_replacesNothingWhereNothingMatches(String path) {
    ObjectNode operation = json("{'op':'replace'}").put("path", path);
    operation.set("value", path.endsWith("]") ? json("{'value':'x'}") : operation.textNode("x"));

    scimError(patch(idp, ada(idp), Json.text(operation)), 400, "noTarget");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"null", "''"})
  void s46_emptiesAnOptionalAttribute(String nothing) {
    JsonNode ada =
        patched(
            idp,
            "{'op':'add','path':'title','value':'x'}",
            "{'op':'replace','path':'title','value':" + nothing + "}");

    assertThat(ada.path("title").asText("")).isEmpty();
    assertThat(total(find(idp, "/Users", "title pr"))).isZero();
  }

  @Test
  void s47_deactivatesWithAndWithoutAPath() {
    assertThat(
            patched(idp, "{'op':'replace','value':{'active':false}}")
                .path("active")
                .asBoolean(true))
        .isFalse();
    Answer eve = idp.create(user("eve@example.com"));
    Answer left =
        patch(idp, "/Users/" + eve.id(), "{'op':'replace','path':'active','value':false}");
    assertThat(left.json().path("active").asBoolean(true)).isFalse();
    scimError(
        patch(idp, "/Users/" + eve.id(), "{'op':'replace','path':'active','value':'False'}"),
        400,
        "invalidValue");
  }

  @Test
  void s47_deactivatesByAStringFromEntra() {
    ScimClient entra = Gateway.shared().connection("entra");
    String path = "/Users/" + entra.create(user("ada@example.com")).id();

    assertThat(
            patch(entra, path, "{'op':'Replace','path':'active','value':'False'}")
                .json()
                .path("active")
                .asBoolean(true))
        .isFalse();
    assertThat(get(entra, path).json().path("active").asBoolean(true)).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"id", "meta", "meta.version", "groups", "groups.value"})
  void s48_replacesNothingThatIsReadOnly(String path) {
    String ada = ada(idp);

    scimError(
        patch(idp, ada, "{'op':'replace','path':'" + path + "','value':'x'}"), 400, "mutability");
    scimError(patch(idp, ada, "{'op':'add','path':'" + path + "','value':'x'}"), 400, "mutability");
  }

  @Test
  void s49_ignoresReadOnlyMembersOfAPartialResource() {
    Answer ada = idp.create(user("ada@example.com"));
    Answer patched =
        patch(
            idp,
            "/Users/" + ada.id(),
            "{'op':'replace','value':{'id':'other','meta':{'version':'x'},'groups':[],"
                + "'title':'x'}}");

    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.id()).isEqualTo(ada.id());
    assertThat(patched.json().path("title").asText()).isEqualTo("x");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "emails[type eq \"WORK\"]",
        "emails[value eq \"ADA@example.com\"]",
        "emails[primary eq true]",
        "emails[not (primary eq false)]",
        "emails[value ew \"example.com\" and (type eq \"work\" or type eq \"x\")]"
      })
  void s50_matchesElementsAsTheirAttributesSay(String path) {
    assertThat(
            patched(idp, "{'op':'replace','path':'" + path + ".display','value':'x'}")
                .at("/emails/0/display")
                .asText())
        .isEqualTo("x");
  }
}
