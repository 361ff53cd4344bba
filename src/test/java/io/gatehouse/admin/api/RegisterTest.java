package io.gatehouse.admin.api;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everybody of a tenant, as an administrator sees them. */
class RegisterTest {

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");

  @Test
  void showsEverybodyOfTheTenantWhoeverControlsThem() {
    UUID managed = idp.create(user("ada")).id();
    UUID elsewhere = gateway.connection(idp.tenant(), "okta").create(user("grace")).id();
    UUID unmanaged = unmanaged("joan");
    UUID deleted = idp.create(user("left")).id();
    idp.delete(deleted);
    gateway.connection("standard").create(user("stranger"));

    assertThat(ids("")).containsExactlyInAnyOrder(managed, elsewhere, unmanaged, deleted);
  }

  @Test
  void tellsThemApartByState() {
    UUID active = idp.create(user("ada")).id();
    UUID unmanaged = unmanaged("joan");
    UUID left = idp.create(user("left")).id();
    idp.delete(left);
    UUID erased = idp.create(user("erased")).id();
    idp.delete(erased);
    gateway.admin("POST", "/users/" + erased + "/erase", null);

    assertThat(ids("&state=active")).containsExactly(active);
    assertThat(ids("&state=unmanaged")).containsExactly(unmanaged);
    assertThat(ids("&state=deactivated")).containsExactly(left);
    assertThat(ids("&state=erased")).containsExactly(erased);
  }

  @Test
  void showsThoseOfOneConnection() {
    UUID ada = idp.create(user("ada")).id();
    gateway.connection(idp.tenant(), "okta").create(user("grace"));

    assertThat(ids("&connection=" + idp.connection())).containsExactly(ada);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ADA.lovel",
        "ada.lovelace@example.com",
        "lady@ada.example",
        "E-42",
        "augusta",
        "AUGUSTA ada k",
        "byron-k",
        "countess@",
        "countess@ada.example"
      })
  void findsByNameEmailAndExternalId(String text) {
    var ada = user("Ada.Lovelace@Example.com").put("externalId", "E-42");
    ada.put("displayName", "Augusta Ada King");
    ada.withObject("name").put("familyName", "Byron-King");
    ada.withArray("emails").removeAll();
    ada.withArray("emails").addObject().put("value", "Countess@Ada.example").put("type", "work");
    ada.withArray("emails").addObject().put("value", "Lady@Ada.example").put("type", "home");
    UUID id = idp.create(ada).id();
    idp.create(user("grace@example.com"));

    assertThat(ids("&q=" + encoded(text))).containsExactly(id);
    assertThat(ids("&q=" + id)).containsExactly(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"velace", "a%", "a_a", "example.com", "E-4"})
  void takesATextForNothingElse(String text) {
    idp.create(user("ada.lovelace@example.com").put("externalId", "E-42"));

    assertThat(ids("&q=" + encoded(text))).isEmpty();
  }

  @Test
  void knowsWhetherAUserNameWasErased() {
    UUID ada = idp.create(user("Ada@Example.com")).id();
    idp.delete(ada);
    gateway.admin("POST", "/users/" + ada + "/erase", null);

    assertThat(ids("&state=erased&q=ada@example.com")).containsExactly(ada);
    assertThat(ids("&state=erased&q=grace@example.com")).isEmpty();
  }

  @Test
  void showsAnEmailAsItIsWritten() {
    idp.create(withEmail("ada", "Ada@Example.com"));

    assertThat(find("").json().at("/users/0/email").asText()).isEqualTo("Ada@Example.com");
  }

  @Test
  void showsOneWithGroupsAndDocument() {
    UUID ada = idp.create(user("ada").put("title", "Countess")).id();
    UUID engines = idp.createGroup("Engines", ada).id();

    JsonNode seen = gateway.admin("GET", "/users/" + ada, null).json();

    assertThat(seen.path("tenant").asText()).isEqualTo(idp.tenant());
    assertThat(seen.path("connection").asText()).isEqualTo(idp.connection());
    assertThat(seen.at("/groups/0/id").asText()).isEqualTo(engines.toString());
    assertThat(seen.at("/user/title").asText()).isEqualTo("Countess");
    assertThat(seen.has("purgeAfter")).isFalse();
  }

  @Test
  void showsNothingOfWhoWasErasedButThatItWas() {
    UUID ada = idp.create(user("ada")).id();
    idp.delete(ada);
    gateway.admin("POST", "/users/" + ada + "/erase", null);

    JsonNode seen = gateway.admin("GET", "/users/" + ada, null).json();

    assertThat(seen.properties())
        .extracting(java.util.Map.Entry::getKey)
        .containsExactlyInAnyOrder("id", "tenant", "state", "erasedAt", "version");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "&state=gone",
        "&cursor=x",
        "&connection=x",
        "&count=many",
        "&cursor=%00",
        "&q=a%00",
        "&cursor=0197f3a0-0000-7000-8000-000000000000.YQ",
        "&q=a&cursor=0197f3a0-0000-7000-8000-000000000000",
        "&q=a&cursor=0197f3a0-0000-7000-8000-000000000000.*",
        "&q=a&cursor=0197f3a0-0000-7000-8000-000000000000.AA",
        "&q=a&cursor=0197f3a0-0000-7000-8000-000000000000.YQ"
      })
  void refusesWhatCannotBeMeant(String parameter) {
    Answer refused = find(parameter);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
  }

  @Test
  void asksForATenantAndAToken() {
    assertThat(gateway.admin("GET", "/users", null).status()).isEqualTo(400);
    assertThat(gateway.admin("GET", "/users?tenant=nobody", null).status()).isEqualTo(400);
    assertThat(gateway.admin("GET", "/users/" + UUID.randomUUID(), null).status()).isEqualTo(404);
    assertThat(gateway.admin("GET", "/users/ada", null).status()).isEqualTo(400);
    assertThat(
            gateway
                .call("GET", "/admin/api/v1/users?tenant=" + idp.tenant(), idp.token(), null)
                .status())
        .isEqualTo(401);
  }

  private UUID unmanaged(String userName) {
    return gateway.admin("POST", "/users", user(userName).put("tenant", idp.tenant())).id();
  }

  private static ObjectNode withEmail(String userName, String email) {
    ObjectNode user = user(userName);
    user.putArray("emails").addObject().put("value", email).put("type", "work");
    return user;
  }

  private List<UUID> ids(String parameters) {
    Answer found = find(parameters);
    assertThat(found.status()).as(found.http().body()).isEqualTo(200);
    List<UUID> ids = new ArrayList<>();
    found.json().path("users").forEach(it -> ids.add(UUID.fromString(it.path("id").asText())));
    return ids;
  }

  private Answer find(String parameters) {
    return gateway.admin("GET", "/users?tenant=" + idp.tenant() + parameters, null);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void findsAnErasedUserByIdAndAsOneOfNoConnection() {
    UUID ada = idp.create(user("ada")).id();
    idp.delete(ada);
    gateway.admin("POST", "/users/" + ada + "/erase", null);

    assertThat(ids("&state=erased&q=" + ada)).containsExactly(ada);
    assertThat(ids("&state=erased&q=" + UUID.randomUUID())).isEmpty();
    assertThat(ids("&state=erased&connection=" + idp.connection())).isEmpty();
  }
}
