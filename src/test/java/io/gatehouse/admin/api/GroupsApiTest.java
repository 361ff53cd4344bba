package io.gatehouse.admin.api;

import static io.gatehouse.support.ScimClient.group;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The groups of a tenant, as an administrator sees them. */
class GroupsApiTest {

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");

  @Test
  void showsTheGroupsOfAllConnectionsInTheOrderOfTheirNames() {
    UUID engines = idp.createGroup("Engines").id();
    UUID analysts = gateway.connection(idp.tenant(), "okta").createGroup("analysts").id();
    UUID bridges = idp.createGroup("Bridges").id();
    gateway.connection("standard").createGroup("Strangers");

    assertThat(walk("", "groups")).containsExactly(analysts, bridges, engines);
    assertThat(walk("&count=1", "groups")).containsExactly(analysts, bridges, engines);
    assertThat(walk("&count=1&connection=" + idp.connection(), "groups"))
        .containsExactly(bridges, engines);
  }

  @Test
  void findsByTheBeginningOfANameByExternalIdAndId() {
    UUID engines = idp.call("POST", "/Groups", group("Engines 100%").put("externalId", "G-1")).id();
    UUID entrance = idp.createGroup("Entrance").id();
    idp.createGroup("Bridges");

    assertThat(walk("&q=EN&count=1", "groups")).containsExactly(engines, entrance);
    assertThat(walk("&q=engines%20100%25", "groups")).containsExactly(engines);
    assertThat(walk("&q=G-1", "groups")).containsExactly(engines);
    assertThat(walk("&q=" + entrance, "groups")).containsExactly(entrance);
    assertThat(walk("&q=e%25", "groups")).isEmpty();
  }

  @Test
  void showsMembersPageByPageAlsoThoseWhoLeft() {
    UUID ada = idp.create(user("ada").put("displayName", "Ada L")).id();
    UUID grace = idp.create(user("grace")).id();
    UUID inner = idp.createGroup("Inner").id();
    UUID outer = idp.createGroup("Outer", ada, grace, inner).id();
    idp.delete(grace);

    List<JsonNode> members = members(outer);

    assertThat(members).hasSize(3);
    JsonNode first = of(members, ada);
    assertThat(first.path("type").asText()).isEqualTo("User");
    assertThat(first.path("userName").asText()).isEqualTo("ada");
    assertThat(first.path("displayName").asText()).isEqualTo("Ada L");
    assertThat(first.path("state").asText()).isEqualTo("active");
    assertThat(of(members, grace).path("state").asText()).isEqualTo("deactivated");
    assertThat(of(members, inner).path("type").asText()).isEqualTo("Group");
    assertThat(of(members, inner).path("displayName").asText()).isEqualTo("Inner");
  }

  @Test
  void showsOneGroupWithItsDocument() {
    UUID engines = idp.call("POST", "/Groups", group("Engines").put("externalId", "G-1")).id();

    JsonNode seen = gateway.admin("GET", "/groups/" + engines, null).json();

    assertThat(seen.path("tenant").asText()).isEqualTo(idp.tenant());
    assertThat(seen.path("connection").asText()).isEqualTo(idp.connection());
    assertThat(seen.path("externalId").asText()).isEqualTo("G-1");
    assertThat(seen.at("/group/displayName").asText()).isEqualTo("Engines");
  }

  @Test
  void tellsWhoCameAndWent() {
    UUID ada = idp.create(user("ada")).id();
    UUID grace = idp.create(user("grace")).id();
    UUID engines = idp.createGroup("Engines", ada).id();
    idp.patchGroup(
        engines,
        "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + grace + "\"}]}",
        "{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + ada + "\\\"]\"}");

    JsonNode page = gateway.admin("GET", "/groups/" + engines + "/timeline", null).json();

    JsonNode latest = page.at("/entries/0");
    assertThat(latest.path("action").asText()).isEqualTo("group.modify");
    assertThat(latest.at("/members/added/0").asText()).isEqualTo(grace.toString());
    assertThat(latest.at("/members/removed/0").asText()).isEqualTo(ada.toString());
    assertThat(page.at("/names/" + ada).asText()).isEqualTo("ada");
    assertThat(page.at("/names/" + grace).asText()).isEqualTo("grace");
    assertThat(page.at("/entries/1/action").asText()).isEqualTo("group.create");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/members", "/timeline"})
  void knowsNoGroupThatIsNone(String part) {
    assertThat(gateway.admin("GET", "/groups/" + UUID.randomUUID() + part, null).status())
        .isEqualTo(404);
    assertThat(gateway.admin("GET", "/groups/engines" + part, null).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "&cursor=x",
        "&cursor=0197f3a0-0000-7000-8000-000000000000",
        "&q=a%00",
        "&count=many",
        "&connection=x"
      })
  void refusesWhatCannotBeMeant(String parameter) {
    assertThat(find(parameter).status()).isEqualTo(400);
  }

  private List<JsonNode> members(UUID group) {
    List<JsonNode> members = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          gateway.admin("GET", "/groups/" + group + "/members?count=2" + cursor, null).json();
      page.path("members").forEach(members::add);
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    return members;
  }

  private static JsonNode of(List<JsonNode> members, UUID id) {
    return members.stream()
        .filter(it -> it.path("id").asText().equals(id.toString()))
        .findFirst()
        .orElseThrow();
  }

  private List<UUID> walk(String parameters, String list) {
    List<UUID> walked = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = find(parameters + cursor).json();
      page.path(list).forEach(it -> walked.add(UUID.fromString(it.path("id").asText())));
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    return walked;
  }

  private Answer find(String parameters) {
    return gateway.admin("GET", "/groups?tenant=" + idp.tenant() + parameters, null);
  }
}
