package io.gatehouse.edge;

import static io.gatehouse.support.ScimClient.patch;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** SCIM /Users over HTTP, on a connection of a conforming client. */
class UsersTest {

  private final ScimClient idp = Gateway.shared().connection("standard");

  @Test
  void createsAUserAndShowsItAtItsLocation() {
    Answer created = idp.create(user("ada@example.com"));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Content-Type")).isEqualTo("application/scim+json");
    assertThat(created.header("ETag")).isEqualTo("W/\"1\"");
    assertThat(created.header("Location"))
        .isEqualTo(created.json().path("meta").path("location").asText())
        .endsWith("/scim/v2/Users/" + created.id());
    assertThat(created.json().path("active").isBoolean()).isTrue();
    assertThat(created.json().path("active").asBoolean()).isTrue();
    assertThat(created.json().path("meta").path("resourceType").asText()).isEqualTo("User");
    assertThat(created.json().path("meta").path("created"))
        .isEqualTo(created.json().path("meta").path("lastModified"));
    assertThat(idp.get(created.id()).json()).isEqualTo(created.json());
  }

  @Test
  void ignoresWhatOnlyTheServerWritesAndNeverKeepsAPassword() {
    ObjectNode ada = user("ada@example.com").put("id", "mine").put("password", "s3cret-pw");
    ada.putObject("meta").put("version", "9");
    ada.putArray("groups").addObject().put("value", "admins");
    ada.putNull("nickName");

    Answer created = idp.create(ada);

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().path("id").asText()).isNotEqualTo("mine");
    assertThat(created.json().toString()).doesNotContain("s3cret-pw", "groups", "nickName");
  }

  @Test
  void keepsEnterpriseAttributesWhateverTheirCase() {
    ObjectNode ada = user("ada@example.com");
    ada.putObject(Schema.ENTERPRISE_USER.toUpperCase(java.util.Locale.ROOT))
        .put("DEPARTMENT", "Analysis")
        .putObject("manager")
        .put("value", "26118915")
        .put("displayName", "is ours to know");

    Answer created = idp.create(ada);

    assertThat(created.json().path(Schema.ENTERPRISE_USER).path("department").asText())
        .isEqualTo("Analysis");
    assertThat(created.json().path(Schema.ENTERPRISE_USER).path("manager"))
        .isEqualTo(Json.object().put("value", "26118915"));
    assertThat(created.json().path("schemas").toString()).contains(Schema.ENTERPRISE_USER);
  }

  @Test
  void refusesASecondUserOfTheSameNameInAnyCaseAndForm() {
    idp.create(user("ada@example.com"));

    Answer upperCase = idp.create(user("ADA@example.com"));
    Answer fullWidth = idp.create(user("ａｄａ@example.com"));

    assertThat(upperCase.status()).isEqualTo(409);
    assertThat(upperCase.json().path("scimType").asText()).isEqualTo("uniqueness");
    assertThat(upperCase.json().path("status").asText()).isEqualTo("409");
    assertThat(fullWidth.status()).isEqualTo(409);
  }

  @Test
  void givesTheSameNameToUsersOfDifferentTenants() {
    idp.create(user("ada@example.com"));

    assertThat(Gateway.shared().connection("standard").create(user("ada@example.com")).status())
        .isEqualTo(201);
  }

  @Test
  void hidesTheUsersOfOtherConnections() {
    UUID ada = idp.create(user("ada@example.com")).id();
    ScimClient stranger = Gateway.shared().connection(idp.tenant(), "standard");

    assertThat(stranger.get(ada).status()).isEqualTo(404);
    assertThat(stranger.delete(ada).status()).isEqualTo(404);
    assertThat(
            stranger.patch(ada, "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"x\"}").status())
        .isEqualTo(404);
    assertThat(stranger.find("userName eq \"ada@example.com\"").json().path("totalResults").asInt())
        .isZero();
  }

  @Test
  void refusesAUserWithoutAName() {
    ObjectNode nameless = user("x");
    nameless.put("userName", " ");

    Answer answer = idp.create(nameless);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("scimType").asText()).isEqualTo("invalidValue");
  }

  @Test
  void answersMalformedRequestsInScimForm() {
    Answer brokenJson = Gateway.shared().call("POST", "/scim/v2/Users", idp.token(), "{\"a\":");
    Answer noObject = Gateway.shared().call("POST", "/scim/v2/Users", idp.token(), "[]");
    Answer nul =
        Gateway.shared().call("POST", "/scim/v2/Users", idp.token(), "{\"a\":\"\\u0000\"}");
    Answer deep =
        Gateway.shared().call("POST", "/scim/v2/Users", idp.token(), "{\"a\":".repeat(5_000));
    Answer large =
        Gateway.shared()
            .call(
                "POST", "/scim/v2/Users", idp.token(), "{\"a\":\"" + "x".repeat(2_000_000) + "\"}");

    assertThat(brokenJson.status()).isEqualTo(400);
    assertThat(brokenJson.json().path("scimType").asText()).isEqualTo("invalidSyntax");
    assertThat(noObject.json().path("scimType").asText()).isEqualTo("invalidSyntax");
    assertThat(nul.status()).isEqualTo(400);
    assertThat(deep.status()).isEqualTo(400);
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.header("Content-Type")).isEqualTo("application/scim+json");
  }

  @Test
  void answersUnknownPathsAndMethodsInScimForm() {
    assertThat(idp.call("GET", "/Nothing", null).status()).isEqualTo(404);
    assertThat(idp.call("GET", "/Users/not-an-id", null).status()).isEqualTo(404);
    assertThat(idp.call("DELETE", "/Users", null).status()).isEqualTo(405);
    assertThat(
            idp.call("POST", "/Users/" + UUID.randomUUID(), user("x"))
                .json()
                .path("status")
                .asText())
        .isEqualTo("405");
    assertThat(idp.call("GET", "/Users?startIndex=x", null).json().path("scimType").asText())
        .isEqualTo("invalidValue");
  }

  @Test
  void answersWhatNoRouteServesInScimForm() {
    Answer otherVersion = Gateway.shared().call("GET", "/scim/v9/Users", idp.token(), null);
    Answer otherMethod = Gateway.shared().call("OPTIONS", "/scim/v2/Users", idp.token(), null);

    assertThat(otherVersion.status()).isEqualTo(404);
    assertThat(otherVersion.header("Content-Type")).isEqualTo("application/scim+json");
    assertThat(otherVersion.json().path("status").asText()).isEqualTo("404");
    assertThat(otherMethod.status()).isLessThan(500);
  }

  @Test
  void refusesCallsWithoutAValidToken() {
    Answer none = Gateway.shared().call("GET", "/scim/v2/Users", null, null);
    Answer wrong = Gateway.shared().call("GET", "/scim/v2/Users", "wrong", null);
    Answer admin = Gateway.shared().call("GET", "/scim/v2/Users", Gateway.ADMIN_TOKEN, null);

    assertThat(none.status()).isEqualTo(401);
    assertThat(none.header("WWW-Authenticate")).startsWith("Bearer");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.header("WWW-Authenticate")).contains("invalid_token");
    assertThat(wrong.json().path("status").asText()).isEqualTo("401");
    assertThat(admin.status()).isEqualTo(401);
  }

  @Test
  void findsByNameInAnyCaseAndByExternalIdExactly() {
    idp.create(user("Ada@Example.com").put("externalId", "E-1"));

    assertThat(idp.find("USERNAME Eq \"ada@example.COM\"").json().path("totalResults").asInt())
        .isEqualTo(1);
    assertThat(
            idp.find("externalId eq \"E-1\"")
                .json()
                .path("Resources")
                .get(0)
                .path("userName")
                .asText())
        .isEqualTo("Ada@Example.com");
    assertThat(idp.find("externalId eq \"e-1\"").json().path("totalResults").asInt()).isZero();
    assertThat(
            idp.find("externalId eq \"E-1\" and userName eq \"nobody\"")
                .json()
                .path("Resources")
                .isEmpty())
        .isTrue();
  }

  @Test
  void declinesFiltersThatItCannotAnswerInsteadOfShowingEverybody() {
    idp.create(user("ada@example.com"));

    for (String filter :
        new String[] {"password eq \"x\"", "meta.location eq \"x\"", "userName eq", "((", ""}) {
      Answer answer = idp.find(filter);
      assertThat(answer.status()).as(filter).isEqualTo(400);
      assertThat(answer.json().path("scimType").asText()).isEqualTo("invalidFilter");
    }
  }

  @Test
  void listsInPagesThatDoNotOverlap() {
    for (int i = 0; i < 3; i++) {
      idp.create(user("user" + i + "@example.com"));
    }

    Answer first = idp.call("GET", "/Users?startIndex=1&count=2", null);
    Answer second = idp.call("GET", "/Users?startIndex=3&count=2", null);

    assertThat(first.json().path("totalResults").asInt()).isEqualTo(3);
    assertThat(first.json().path("itemsPerPage").asInt()).isEqualTo(2);
    assertThat(second.json().path("Resources").findValuesAsText("userName"))
        .containsExactly("user2@example.com");
  }

  @Test
  void replacesAUserAndClearsWhatIsOmitted() {
    UUID ada = idp.create(user("ada@example.com").put("title", "Countess")).id();

    Answer replaced = idp.replace(ada, user("ada@example.com").put("displayName", "Ada"));

    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.header("ETag")).isEqualTo("W/\"2\"");
    assertThat(replaced.json().has("title")).isFalse();
    assertThat(replaced.json().path("displayName").asText()).isEqualTo("Ada");
    assertThat(idp.replace(UUID.randomUUID(), user("x@example.com")).status()).isEqualTo(404);
  }

  @Test
  void patchesAllOperationsOrNone() {
    UUID ada = idp.create(user("ada@example.com")).id();

    Answer refused =
        idp.call(
            "PATCH",
            "/Users/" + ada,
            patch(
                "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Countess\"}",
                "{\"op\":\"replace\",\"path\":\"noSuchThing\",\"value\":1}"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("scimType").asText()).isEqualTo("invalidPath");
    assertThat(idp.get(ada).json().has("title")).isFalse();
    assertThat(idp.get(ada).header("ETag")).isEqualTo("W/\"1\"");
  }

  @Test
  void writesOnlyOverTheVersionThatIsNamed() {
    UUID ada = idp.create(user("ada@example.com")).id();
    ObjectNode title = patch("{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Countess\"}");

    assertThat(idp.with("If-Match", "W/\"7\"", "PATCH", ada, title).status()).isEqualTo(412);
    assertThat(idp.with("If-Match", "W/\"1\"", "PATCH", ada, title).status()).isEqualTo(200);
    assertThat(idp.with("If-Match", "W/\"1\"", "DELETE", ada, null).status()).isEqualTo(412);
    assertThat(idp.with("If-None-Match", "W/\"2\"", "GET", ada, null).status()).isEqualTo(304);
  }

  @Test
  void renamesButNotOntoAnotherUser() {
    UUID ada = idp.create(user("ada@example.com")).id();
    idp.create(user("grace@example.com"));

    Answer taken =
        idp.patch(
            ada, "{\"op\":\"replace\",\"path\":\"userName\",\"value\":\"Grace@example.com\"}");
    Answer caseOnly =
        idp.patch(ada, "{\"op\":\"replace\",\"path\":\"userName\",\"value\":\"Ada@example.com\"}");
    Answer free =
        idp.patch(ada, "{\"op\":\"replace\",\"value\":{\"userName\":\"lovelace@example.com\"}}");

    assertThat(taken.status()).isEqualTo(409);
    assertThat(caseOnly.status()).isEqualTo(200);
    assertThat(free.json().path("userName").asText()).isEqualTo("lovelace@example.com");
    assertThat(idp.create(user("ada@example.com")).status()).isEqualTo(201);
  }
}
