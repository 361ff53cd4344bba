package io.gatehouse.admin.api;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Page after page of the register: nobody is left out and nobody comes twice. */
class RegisterPagesTest {

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");

  @Test
  void walksThroughAllPagesWithoutAGap() {
    List<UUID> made =
        IntStream.range(0, 7).mapToObj(it -> idp.create(user("u" + it)).id()).toList();

    List<UUID> walked = walk("&count=3");

    assertThat(walked).containsExactlyElementsOf(made);
  }

  @ParameterizedTest
  @CsvSource({
    "active, &state=active",
    "deactivated, &state=deactivated",
    "active, &q=u&state=active",
    "'', &q=U",
    "'', ''"
  })
  void walksThroughAllPagesOfASearchToo(String state, String search) {
    List<UUID> made =
        IntStream.range(0, 8).mapToObj(it -> idp.create(user("u" + it)).id()).toList();
    made.subList(2, 5).forEach(idp::delete);
    idp.patch(made.get(6), "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}");
    gateway.connection(idp.tenant(), "okta").create(user("other"));

    List<UUID> walked = walk(search + "&count=2&connection=" + idp.connection());

    assertThat(walked)
        .containsExactlyElementsOf(
            made.stream().filter(it -> state.isEmpty() || state(it).equals(state)).toList());
  }

  @Test
  void findsByNameInTheOrderOfNames() {
    UUID carl = idp.create(user("a.Carl")).id();
    UUID bert = idp.create(user("A.bert")).id();
    UUID abel = unmanaged("a.abel");
    UUID mail = idp.create(withEmail("zoe", "a.")).id();
    unmanaged("b.abel");

    assertThat(walk("&q=a.&count=1")).containsExactly(abel, bert, carl, mail);
    assertThat(walk("&q=a.&state=unmanaged")).containsExactly(abel);
    assertThat(walk("&q=a.&connection=" + idp.connection())).containsExactly(bert, carl, mail);
  }

  @Test
  void findsEachUserOnceThoseByUserNameFirst() {
    UUID named = idp.create(user("zoe").put("displayName", "Ada Z")).id();
    UUID other = idp.create(user("yan").put("displayName", "ada a")).id();
    ObjectNode byFamily = user("xi").put("displayName", "X");
    byFamily.withObject("name").put("familyName", "Adams");
    UUID family = idp.create(byFamily).id();
    UUID email = idp.create(withEmail("will", "ada.w@example.com").put("displayName", "W")).id();
    UUID all = idp.create(withEmail("ada", "ada@example.com").put("displayName", "Ada")).id();

    assertThat(walk("&q=ada")).containsExactly(all, other, named, family, email);
    assertThat(walk("&q=ada&count=1")).containsExactly(all, other, named, family, email);
    assertThat(walk("&q=ada&count=2")).containsExactly(all, other, named, family, email);
  }

  @Test
  void tellsOfTheSameNameApart() {
    UUID first = idp.create(user("ada").put("externalId", "E-1")).id();
    idp.delete(first);
    UUID second = idp.create(user("ada").put("externalId", "E-2")).id();
    idp.delete(second);
    UUID third = idp.create(user("ada").put("externalId", "E-3")).id();

    assertThat(walk("&q=ada&count=1")).containsExactly(first, second, third);
  }

  @Test
  void showsActivePeopleOfEveryConnectionInOneOrder() {
    ScimClient okta = gateway.connection(idp.tenant(), "okta");
    unmanaged("joan");
    UUID one = idp.create(user("u1")).id();
    UUID two = okta.create(user("u2")).id();
    UUID three = idp.create(user("u3")).id();
    gateway.connection("standard").create(user("stranger"));

    assertThat(walk("&state=active&count=1")).containsExactly(one, two, three);
    assertThat(walk("&state=active&connection=" + okta.connection())).containsExactly(two);
    assertThat(walk("&state=unmanaged&connection=" + okta.connection())).isEmpty();
  }

  private UUID unmanaged(String userName) {
    return gateway.admin("POST", "/users", user(userName).put("tenant", idp.tenant())).id();
  }

  private static ObjectNode withEmail(String userName, String email) {
    ObjectNode user = user(userName);
    user.putArray("emails").addObject().put("value", email).put("type", "work");
    return user;
  }

  private String state(UUID id) {
    return gateway.admin("GET", "/users/" + id, null).json().path("state").asText();
  }

  /** Everybody on all pages, each of which is full but the last. */
  private List<UUID> walk(String parameters) {
    List<UUID> walked = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = find(parameters + cursor).json();
      page.path("users").forEach(it -> walked.add(UUID.fromString(it.path("id").asText())));
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    return walked;
  }

  private Answer find(String parameters) {
    return gateway.admin("GET", "/users?tenant=" + idp.tenant() + parameters, null);
  }
}
