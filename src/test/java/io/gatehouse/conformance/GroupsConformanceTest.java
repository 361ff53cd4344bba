package io.gatehouse.conformance;

import static io.gatehouse.conformance.Scim.GROUP;
import static io.gatehouse.conformance.Scim.createGroup;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.group;
import static io.gatehouse.conformance.Scim.json;
import static io.gatehouse.conformance.Scim.names;
import static io.gatehouse.conformance.Scim.patch;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.userWith;
import static io.gatehouse.conformance.Scim.values;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Crowd;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section G: groups and their members. */
class GroupsConformanceTest {

  private final ScimClient idp = Gateway.shared().connection("standard");

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {"{}", "{'displayName':''}", "{'displayName':null}", "{'displayName':'  '}"})
  void g01_demandsADisplayName(String name) {
    ObjectNode nameless = json(name);
    nameless.putArray("schemas").add(GROUP);
    UUID admins = createGroup(idp, "Admins").id();

    scimError(idp.call("POST", "/Groups", nameless), 400, "invalidValue");
    scimError(idp.call("PUT", "/Groups/" + admins, nameless), 400, "invalidValue");
  }

  @Test
  void g02_refusesASecondGroupOfTheSameNameInAnyCase() {
    createGroup(idp, "Admins");
    UUID staff = createGroup(idp, "Staff").id();
    String take = "{'op':'replace','path':'displayName','value':'aDMINS'}";

    scimError(createGroup(idp, "ADMINS"), 409, "uniqueness");
    scimError(idp.call("PUT", "/Groups/" + staff, group("admins")), 409, "uniqueness");
    scimError(patch(idp, "/Groups/" + staff, take), 409, "uniqueness");
  }

  @Test
  void g02_letsAGroupChangeTheCaseOfItsName() {
    UUID admins = createGroup(idp, "Admins").id();
    String shout = "{'op':'replace','path':'displayName','value':'ADMINS'}";

    assertThat(patch(idp, "/Groups/" + admins, shout).json().path("displayName").asText())
        .isEqualTo("ADMINS");
  }

  @Test
  void g02_letsAnotherConnectionUseTheSameName() {
    createGroup(idp, "Admins");

    assertThat(
            createGroup(Gateway.shared().connection(idp.tenant(), "standard"), "Admins").status())
        .isEqualTo(201);
  }

  @Test
  void g03_completesMembers() {
    UUID ada = idp.create(userWith("ada@example.com", "{'displayName':'Ada Lovelace'}")).id();
    Answer inner = createGroup(idp, "Inner");
    JsonNode members = createGroup(idp, "Outer", ada, inner.id()).json().path("members");

    assertThat(values(members)).containsExactlyInAnyOrder(ada.toString(), inner.id().toString());
    JsonNode user = member(members, ada);
    assertThat(user.path("type").asText()).isEqualTo("User");
    assertThat(user.path("$ref").asText()).isEqualTo(idp.get(ada).header("Location"));
    assertThat(user.path("display").asText()).isIn("Ada Lovelace", "ada@example.com");
    JsonNode group = member(members, inner.id());
    assertThat(group.path("type").asText()).isEqualTo("Group");
    assertThat(group.path("$ref").asText()).isEqualTo(inner.header("Location"));
    assertThat(group.path("display").asText()).isEqualTo("Inner");
  }

  @Test
  void g03_echoesTheDisplayThatAClientSends() {
    UUID ada = idp.create(user("ada@example.com")).id();
    ObjectNode admins = group("Admins", ada);
    ((ObjectNode) admins.at("/members/0")).put("display", "The Countess");
    Answer created = idp.call("POST", "/Groups", admins);

    assertThat(created.json().at("/members/0/display").asText()).isEqualTo("The Countess");
    assertThat(get(idp, "/Groups/" + created.id()).json()).isEqualTo(created.json());
  }

  @Test
  void g04_refusesMembersThatAreNotThere() {
    UUID gone = idp.create(user("gone@example.com")).id();
    idp.delete(gone);
    UUID admins = createGroup(idp, "Admins").id();

    for (String id : List.of(UUID.randomUUID().toString(), gone.toString(), "nobody")) {
      String members = "[{'value':'" + id + "'}]";
      ObjectNode staff = group("Staff").setAll(json("{'members':" + members + "}"));
      scimError(idp.call("POST", "/Groups", staff), 400, "invalidValue");
      scimError(idp.call("PUT", "/Groups/" + admins, staff), 400, "invalidValue");
      scimError(
          patch(idp, "/Groups/" + admins, "{'op':'add','path':'members','value':" + members + "}"),
          400,
          "invalidValue");
    }
    assertThat(names(get(idp, "/Groups"))).containsExactly("Admins");
  }

  @Test
  void g04_collapsesAMemberThatComesTwice() {
    UUID ada = idp.create(user("ada@example.com")).id();
    Answer admins = createGroup(idp, "Admins", ada, ada);

    assertThat(values(admins.json().path("members"))).containsExactly(ada.toString());
  }

  @Test
  void g05_keepsTheIdOfAMemberAsItIs() {
    UUID ada = idp.create(user("ada@example.com")).id();
    UUID eve = idp.create(user("eve@example.com")).id();
    UUID admins = createGroup(idp, "Admins", ada).id();
    String path = "members[value eq \"" + ada + "\"].value";

    scimError(
        patch(
            idp,
            "/Groups/" + admins,
            "{'op':'replace','path':'" + path + "','value':'" + eve + "'}"),
        400,
        "mutability");
    assertThat(members(admins)).containsExactly(ada.toString());
  }

  @Test
  void g05_addsAndRemovesMembersAllTheSame() {
    UUID ada = idp.create(user("ada@example.com")).id();
    UUID eve = idp.create(user("eve@example.com")).id();
    UUID admins = createGroup(idp, "Admins", ada).id();

    patch(
        idp,
        "/Groups/" + admins,
        "{'op':'add','path':'members','value':[{'value':'" + eve + "'}]}",
        "{'op':'remove','path':'members[value eq \"" + ada + "\"]'}");

    assertThat(members(admins)).containsExactly(eve.toString());
  }

  @Test
  void g06_nestsGroupsAndSurvivesCycles() {
    UUID one = createGroup(idp, "One").id();
    UUID two = createGroup(idp, "Two", one).id();
    Answer closed =
        patch(
            idp,
            "/Groups/" + one,
            "{'op':'add','path':'members','value':[{'value':'" + two + "'}]}");

    assertThat(closed.status()).isEqualTo(200);
    assertThat(members(one)).containsExactly(two.toString());
    assertThat(members(two)).containsExactly(one.toString());
    assertThat(names(get(idp, "/Groups"))).containsExactlyInAnyOrder("One", "Two");
  }

  @Test
  void g07_showsNoMembersAsAnEmptyList() {
    Answer empty = createGroup(idp, "Empty");

    assertThat(empty.json().get("members")).isEqualTo(Json.array());
    assertThat(get(idp, "/Groups/" + empty.id()).json().get("members")).isEqualTo(Json.array());
    assertThat(get(idp, "/Groups").json().at("/Resources/0").get("members"))
        .isEqualTo(Json.array());
  }

  @Test
  void g08_appliesManyMemberOperationsInOnePatch() {
    UUID admins = createGroup(idp, "Admins").id();
    String[] adds =
        IntStream.range(0, 60)
            .mapToObj(i -> idp.create(user("user" + i + "@example.com")).id())
            .map(id -> "{'op':'add','path':'members','value':[{'value':'" + id + "'}]}")
            .toArray(String[]::new);

    Answer patched = patch(idp, "/Groups/" + admins, adds);

    assertThat(patched.status()).isEqualTo(200);
    assertThat(members(admins)).hasSize(60).doesNotHaveDuplicates();
    assertThat(get(idp, "/Groups/" + admins + "?excludedAttributes=members").json().has("members"))
        .isFalse();
  }

  @Test
  void g08_answersAPatchOfAVeryLargeGroupWithoutABody() {
    UUID all = createGroup(idp, "All", Crowd.of(idp, 1_000).toArray(UUID[]::new)).id();
    UUID last = idp.create(user("last@example.com")).id();
    String add = "{'op':'add','path':'members','value':[{'value':'" + last + "'}]}";
    String path = "/Groups/" + all;

    assertThat(patch(idp, path, "{'op':'add','path':'externalId','value':'E'}").status())
        .isEqualTo(200);
    Answer patched = patch(idp, path, add);
    assertThat(patched.status()).isEqualTo(204);
    assertThat(patched.header("ETag")).isEqualTo(get(idp, path).header("ETag"));
    assertThat(members(all)).hasSize(1_001).contains(last.toString());
    assertThat(patch(idp, path + "?excludedAttributes=members", add).status()).isEqualTo(200);
  }

  @Test
  void g09_hidesADeletedUserAndShowsItAgainWhenItIsRestored() {
    UUID ada = idp.create(user("ada@example.com")).id();
    Answer admins = createGroup(idp, "Admins", ada);

    idp.delete(ada);
    assertThat(members(admins.id())).isEmpty();
    idp.create(user("ada@example.com"));

    assertThat(members(admins.id())).containsExactly(ada.toString());
    assertThat(get(idp, "/Groups/" + admins.id()).header("ETag")).isEqualTo(admins.header("ETag"));
  }

  @Test
  void g09_hidesADeletedGroupFromTheGroupsThatItWasIn() {
    UUID inner = createGroup(idp, "Inner").id();
    UUID outer = createGroup(idp, "Outer", inner).id();

    assertThat(idp.call("DELETE", "/Groups/" + inner, null).status()).isEqualTo(204);

    assertThat(members(outer)).isEmpty();
  }

  private List<String> members(UUID group) {
    Answer answer = get(idp, "/Groups/" + group);
    assertThat(answer.status()).isEqualTo(200);
    return values(answer.json().path("members"));
  }

  private static JsonNode member(JsonNode members, UUID id) {
    for (JsonNode member : members) {
      if (member.path("value").asText().equals(id.toString())) {
        return member;
      }
    }
    throw new AssertionError(id + " is no member");
  }
}
