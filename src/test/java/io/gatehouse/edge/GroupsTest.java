package io.gatehouse.edge;

import static io.gatehouse.support.ScimClient.group;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Crowd;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Groups and who is in them, as SCIM and as subscribers see it. */
class GroupsTest {

  private final ScimClient idp = Gateway.shared().connection("standard");
  private final UUID ada = idp.create(user("ada@example.com").put("displayName", "Ada")).id();
  private final UUID grace = idp.create(user("grace@example.com")).id();

  @Test
  void showsMembersWithWhatTheClientNeedNotSay() {
    Answer engineers = idp.createGroup("Engineers", ada);

    JsonNode member = engineers.json().at("/members/0");
    assertThat(engineers.status()).isEqualTo(201);
    assertThat(member.path("value").asText()).isEqualTo(ada.toString());
    assertThat(member.path("$ref").asText()).endsWith("/scim/v2/Users/" + ada);
    assertThat(member.path("type").asText()).isEqualTo("User");
    assertThat(member.path("display").asText()).isEqualTo("Ada");
    assertThat(idp.group(engineers.id()).json()).isEqualTo(engineers.json());
  }

  @Test
  void derivesTheGroupsOfAUser() {
    UUID engineers = idp.createGroup("Engineers", ada).id();

    JsonNode groups = idp.get(ada).json().path("groups");
    assertThat(groups.findValuesAsText("value")).containsExactly(engineers.toString());
    assertThat(groups.findValuesAsText("display")).containsExactly("Engineers");
    assertThat(groups.findValuesAsText("type")).containsExactly("direct");
    assertThat(idp.get(grace).json().has("groups")).isFalse();
    assertThat(renamed(ada).path("groups")).isEqualTo(groups);
    assertThat(renamed(grace).has("groups")).isFalse();

    idp.call("DELETE", "/Groups/" + engineers, null);
    assertThat(idp.get(ada).json().has("groups")).isFalse();
  }

  /** More than are read with the user. */
  @Test
  void showsEachOfManyGroupsInTheAnswerToAChange() {
    UUID first = idp.createGroup("Team", ada).id();
    Gateway.shared()
        .sql(
            """
            with other as (
                insert into person_group (tenant_id, id, connection_id, display_name, display_name_key, doc, search,
                                          version, created_at, modified_at)
                select tenant_id, gen_random_uuid(), connection_id, display_name || n, display_name_key || n, doc, search,
                       version, created_at, modified_at
                  from person_group, generate_series(2, 102) n
                 where id = ?
                returning tenant_id, id
            )
            insert into membership (tenant_id, group_id, member_id, user_id)
            select tenant_id, id, ?, ? from other
            """,
            first,
            ada,
            ada);

    assertThat(renamed(ada).path("groups"))
        .hasSize(102)
        .isEqualTo(idp.get(ada).json().path("groups"));
  }

  private JsonNode renamed(UUID user) {
    return idp.patch(
            user, "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"" + UUID.randomUUID() + "\"}")
        .json();
  }

  @Test
  void changesMembersOneByOneAndAsAWhole() {
    UUID engineers = idp.createGroup("Engineers", ada).id();

    idp.patchGroup(engineers, add(grace));
    assertThat(members(engineers)).containsExactlyInAnyOrder(ada, grace);
    idp.patchGroup(
        engineers, "{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + ada + "\\\"]\"}");
    assertThat(members(engineers)).containsExactly(grace);
    idp.call("PUT", "/Groups/" + engineers, group("Engineers", ada));
    assertThat(members(engineers)).containsExactly(ada);
    idp.call("PUT", "/Groups/" + engineers, group("Renamed"));
    assertThat(members(engineers)).as("members that are left out stay").containsExactly(ada);
    idp.patchGroup(engineers, "{\"op\":\"replace\",\"path\":\"members\",\"value\":[]}");
    assertThat(members(engineers)).isEmpty();
    assertThat(idp.group(engineers).header("ETag")).isEqualTo("W/\"6\"");
  }

  @Test
  void removesOnlyTheMembersThatARemovalLists() {
    UUID engineers = idp.createGroup("Engineers", ada, grace).id();

    idp.patchGroup(
        engineers,
        "{\"op\":\"remove\",\"path\":\"members\",\"value\":[{\"value\":\"" + ada + "\"}]}");

    assertThat(members(engineers)).containsExactly(grace);
  }

  @Test
  void takesNobodyWhomTheConnectionDoesNotControl() {
    UUID stranger =
        Gateway.shared()
            .connection(idp.tenant(), "standard")
            .create(user("stranger@example.com"))
            .id();
    UUID engineers = idp.createGroup("Engineers").id();
    UUID gone = idp.create(user("gone@example.com")).id();
    idp.delete(gone);

    for (UUID id : List.of(stranger, gone, UUID.randomUUID())) {
      Answer refused = idp.patchGroup(engineers, add(ada), add(id));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.json().path("scimType").asText()).isEqualTo("invalidValue");
    }
    assertThat(members(engineers)).as("all or nothing").isEmpty();
    assertThat(idp.group(engineers).header("ETag")).isEqualTo("W/\"1\"");
  }

  @Test
  void hidesADeletedUserFromItsGroupsUntilItIsRestored() {
    UUID engineers = idp.createGroup("Engineers", ada, grace).id();

    idp.delete(ada);
    assertThat(members(engineers)).containsExactly(grace);

    idp.create(user("ada@example.com"));
    assertThat(members(engineers)).containsExactlyInAnyOrder(ada, grace);
  }

  @Test
  void takesGroupsAsMembersAndForgetsThemWhenTheyGo() {
    UUID engineers = idp.createGroup("Engineers", ada).id();
    UUID all = idp.createGroup("All", engineers).id();

    assertThat(idp.group(all).json().at("/members/0/type").asText()).isEqualTo("Group");
    idp.call("DELETE", "/Groups/" + engineers, null);

    assertThat(members(all)).isEmpty();
    assertThat(idp.group(engineers).status()).isEqualTo(404);
    assertThat(idp.get(ada).status()).isEqualTo(200);
  }

  @Test
  void keepsNamesUniqueInTheConnection() {
    UUID engineers = idp.createGroup("Engineers").id();
    UUID others = idp.createGroup("Others").id();
    ScimClient another = Gateway.shared().connection(idp.tenant(), "standard");

    assertThat(idp.createGroup("ENGINEERS").json().path("scimType").asText())
        .isEqualTo("uniqueness");
    assertThat(
            idp.patchGroup(
                    others, "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"engineers\"}")
                .status())
        .isEqualTo(409);
    assertThat(another.createGroup("Engineers").status()).isEqualTo(201);
    idp.call("DELETE", "/Groups/" + engineers, null);
    assertThat(idp.createGroup("Engineers").status()).isEqualTo(201);
  }

  @Test
  void answersEntraAndLargeGroupsWithoutABody() {
    ScimClient entra = Gateway.shared().connection("entra");
    UUID group = entra.createGroup("Engineers").id();
    String rename = "{\"op\":\"Replace\",\"path\":\"displayName\",\"value\":\"E\"}";

    Answer brief = entra.patchGroup(group, rename);

    assertThat(brief.status()).isEqualTo(204);
    assertThat(brief.header("ETag")).isEqualTo("W/\"2\"");
    assertThat(brief.http().body()).isEmpty();
    assertThat(
            entra
                .call(
                    "PATCH",
                    "/Groups/" + group + "?attributes=displayName",
                    ScimClient.patch(rename))
                .status())
        .isEqualTo(200);
  }

  @Test
  void announcesWhatHappensToAGroup() throws Exception {
    try (Subscriber training = subscriber("directory")) {
      UUID engineers = idp.createGroup("Engineers", ada).id();
      idp.patchGroup(engineers, add(grace), remove(ada));
      idp.patchGroup(engineers, add(grace));
      idp.patchGroup(
          engineers, "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"Makers\"}");
      idp.call("DELETE", "/Groups/" + engineers, null);

      List<ObjectNode> events = training.all();
      assertThat(events.stream().map(it -> it.path("type").asText()))
          .containsExactly(
              "gatehouse.group.created.v1",
              "gatehouse.group.members.changed.v1",
              "gatehouse.group.members.changed.v1",
              "gatehouse.group.updated.v1",
              "gatehouse.group.deleted.v1");
      assertThat(events.stream().map(it -> it.path("resourceversion").asInt()))
          .as("a change that changes nothing has no version")
          .containsExactly(1, 1, 2, 3, 4);
      assertThat(events.stream().map(it -> it.path("id").asText())).doesNotHaveDuplicates();
      assertThat(events.get(2).at("/data/members/added/0").asText()).isEqualTo(grace.toString());
      assertThat(events.get(2).at("/data/members/removed/0").asText()).isEqualTo(ada.toString());
      assertThat(events.get(3).at("/data/changes/0/new").asText()).isEqualTo("Makers");
      assertThat(events.get(4).path("subject").asText()).isEqualTo("/Groups/" + engineers);
    }
  }

  @Test
  void cutsManyMembersIntoEventsThatAQueueCanCarry() throws Exception {
    UUID[] many = Crowd.of(idp, 1_001).toArray(UUID[]::new);
    try (Subscriber training = subscriber("hr")) {
      UUID all = idp.createGroup("All").id();
      Answer added = idp.call("PUT", "/Groups/" + all, group("All", many));
      Answer patched = idp.patchGroup(all, add(ada));

      assertThat(added.json().path("members")).hasSize(1_001);
      assertThat(patched.status()).isEqualTo(204);
      List<ObjectNode> events = training.all();
      assertThat(events.stream().map(it -> it.at("/data/members/added").size()))
          .containsExactly(0, 500, 500, 1, 1);
      assertThat(events.get(3).at("/data/members/part").asInt()).isEqualTo(3);
      assertThat(events.get(3).at("/data/members/parts").asInt()).isEqualTo(3);
    }
  }

  private Subscriber subscriber(String profile) throws Exception {
    ObjectNode wanted =
        Json.object().put("tenant", idp.tenant()).put("name", "training").put("profile", profile);
    wanted.putArray("types").add("gatehouse.group.*");
    return Subscriber.of(Gateway.shared().admin("POST", "/subscriptions", wanted));
  }

  private List<UUID> members(UUID group) {
    return idp.group(group).json().path("members").findValuesAsText("value").stream()
        .map(UUID::fromString)
        .toList();
  }

  private static String add(UUID member) {
    return "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + member + "\"}]}";
  }

  private static String remove(UUID member) {
    return "{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + member + "\\\"]\"}";
  }
}
