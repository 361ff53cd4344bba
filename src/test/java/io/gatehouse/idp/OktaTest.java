package io.gatehouse.idp;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Okta sends, and what becomes of it; the numbers are those of the quirks. */
class OktaTest {

  private static final String ENT = Schema.ENTERPRISE_USER;

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("okta");

  @Test // 06, 36
  void neverKeepsAPassword() {
    UUID ada = idp.create(user("ada").put("password", "s3cret")).id();

    Answer patched = idp.patch(ada, "{\"op\":\"replace\",\"value\":{\"password\":\"n3w-s3cret\"}}");
    Answer withPath =
        idp.patch(ada, "{\"op\":\"replace\",\"path\":\"password\",\"value\":\"n3w-s3cret\"}");

    assertThat(patched.status()).isEqualTo(200);
    assertThat(withPath.status()).isEqualTo(200);
    assertThat(patched.http().body() + withPath.http().body()).doesNotContain("s3cret");
    assertThat(idp.get(ada).header("ETag")).isEqualTo("W/\"1\"");
  }

  @Test // 10
  void takesBackWhatItHasRead() {
    UUID ada = idp.create(user("ada").put("externalId", "00u1")).id();
    idp.createGroup("Engineering", ada);
    JsonNode read = idp.get(ada).json();

    Answer echoed = idp.replace(ada, (ObjectNode) read);

    assertThat(echoed.status()).isEqualTo(200);
    assertThat(echoed.json()).isEqualTo(read);
  }

  @Test // 13
  void keepsTheTypesOfAddressesThatComeBackWithoutThem() {
    String work = "{\"value\":\"a@x.com\",\"type\":\"work\",\"primary\":true}";
    String home = "{\"value\":\"b@x.com\",\"type\":\"home\"}";
    ObjectNode full = user("ada");
    full.putArray("emails").add(Json.stored(work)).add(Json.stored(home));
    UUID ada = idp.create(full).id();
    ObjectNode echoed = user("ada").put("active", false);
    ObjectNode email = Json.stored(work);
    email.remove("type");
    echoed.putArray("emails").add(email).addObject().put("value", "c@x.com");

    JsonNode left = idp.replace(ada, echoed).json();
    JsonNode typed =
        idp.replace(ada, user("ada").set("emails", Json.array().add(email.put("type", "other"))))
            .json();

    assertThat(left.path("active").booleanValue()).isFalse();
    assertThat(left.path("emails"))
        .containsExactly(Json.stored(work), Json.stored("{\"value\":\"c@x.com\"}"));
    assertThat(typed.at("/emails/0/type").asText()).isEqualTo("other");
  }

  @Test // 15
  void showsAReactivationAtOnce() {
    UUID ada = idp.create(user("ada")).id();
    idp.patch(ada, "{\"op\":\"replace\",\"value\":{\"active\":false}}");

    Answer back = idp.patch(ada, "{\"op\":\"replace\",\"value\":{\"active\":true}}");

    assertThat(back.json().path("active").booleanValue()).isTrue();
    assertThat(idp.get(ada).json().path("active").booleanValue()).isTrue();
    assertThat(idp.find("userName eq \"ada\"").json().at("/Resources/0/active").booleanValue())
        .isTrue();
  }

  @Test // 20
  void ignoresTheIdInAValue() {
    UUID ada = idp.create(user("ada")).id();
    UUID group = idp.createGroup("Engineering", ada).id();

    Answer renamed =
        idp.patchGroup(
            group,
            "{\"op\":\"replace\",\"value\":{\"id\":\"%s\",\"displayName\":\"E\"}}"
                .formatted(group));

    assertThat(renamed.status()).isEqualTo(200);
    assertThat(renamed.json().path("displayName").asText()).isEqualTo("E");
    assertThat(renamed.json().path("members")).hasSize(1);
  }

  @ParameterizedTest // 22, 23, 24
  @ValueSource(
      strings = {
        "{\"op\":\"replace\",\"path\":\"members\",\"value\":[{\"value\":\"%s\"}]}",
        "{\"op\":\"replace\",\"value\":{\"members\":[{\"value\":\"%s\"}]}}"
      })
  void replacesTheMembersToTheLetter(String operation) {
    UUID ada = idp.create(user("ada")).id();
    UUID bob = idp.create(user("bob")).id();
    UUID group = idp.createGroup("Engineering", ada).id();

    Answer replaced = idp.patchGroup(group, operation.formatted(bob));
    JsonNode members = replaced.json().path("members");
    Answer emptied =
        idp.patchGroup(group, "{\"op\":\"replace\",\"path\":\"members\",\"value\":[]}");

    assertThat(members).extracting(it -> it.path("value").asText()).containsExactly(bob.toString());
    assertThat(emptied.json().path("members")).isEmpty();
  }

  @Test // 25
  void takesAWholeGroupWithBlanksInIt() {
    UUID ada = idp.create(user("ada")).id();
    UUID group = idp.createGroup("Engineering", ada).id();
    ObjectNode asked = ScimClient.group("Engineering").put("id", group.toString());
    asked.putArray("members").addObject().put("value", ada.toString()).putNull("display");

    Answer replaced = idp.call("PUT", "/Groups/" + group, asked);

    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.header("ETag")).isEqualTo("W/\"1\"");
  }

  @Test // 27
  void takesLargeGroups() {
    UUID ada = idp.create(user("ada")).id();
    UUID group = idp.createGroup("Engineering").id();
    ObjectNode asked = ScimClient.group("Engineering");
    for (int i = 0; i < 40_000; i++) {
      asked.withArray("members").addObject().put("value", ada.toString()).put("display", "ada");
    }

    Answer replaced = idp.call("PUT", "/Groups/" + group, asked);

    assertThat(Json.text(asked)).hasSizeGreaterThan(2_000_000);
    assertThat(replaced.status()).as(replaced.http().body()).isEqualTo(200);
    assertThat(replaced.json().path("members")).hasSize(1);
  }

  @Test // 31
  void clearsWhatIsBlankNullOrAbsent() {
    ObjectNode full = user("ada").put("title", "T").put("nickName", "N").put("locale", "en-US");
    full.putObject("name").put("givenName", "Ada").put("middleName", "M");
    full.putObject(ENT).put("department", "R").put("costCenter", "4");
    UUID ada = idp.create(full).id();
    ObjectNode asked = user("ada").put("title", "").putNull("nickName").put("active", true);
    asked.putObject("name").put("givenName", "Ada").put("middleName", "");
    asked.putArray("phoneNumbers").addObject().put("value", "").put("type", "mobile");
    asked.putObject(ENT).put("department", "R").putNull("costCenter");

    JsonNode replaced = idp.replace(ada, asked).json();

    assertThat(replaced.has("title")).isFalse();
    assertThat(replaced.has("nickName")).isFalse();
    assertThat(replaced.has("locale")).isFalse();
    assertThat(replaced.has("phoneNumbers")).isFalse();
    assertThat(replaced.path("name")).isEqualTo(Json.stored("{\"givenName\":\"Ada\"}"));
    assertThat(replaced.path(ENT)).isEqualTo(Json.stored("{\"department\":\"R\"}"));
  }

  @ParameterizedTest // 31
  @ValueSource(strings = {"\"\"", "null"})
  void keepsAUserActiveWhenNothingIsSaid(String active) {
    UUID ada = idp.create(user("ada")).id();
    ObjectNode asked = user("ada");
    asked.set("active", Json.stored("{\"it\":" + active + "}").path("it"));

    assertThat(idp.replace(ada, asked).json().path("active").booleanValue()).isTrue();
  }

  @Test // 31
  void readsNumbersAsTheStringsThatTheyStandFor() {
    ObjectNode asked = user("ada").put("externalId", 12).put("title", 7);
    asked.putArray("addresses").addObject().put("postalCode", 89073).put("type", "work");
    asked.putArray("phoneNumbers").addObject().put("value", 12025550117L);
    asked.putObject(ENT).put("employeeNumber", 701984).put("manager", 9);

    JsonNode made = idp.create(asked).json();

    assertThat(made.path("externalId").textValue()).isEqualTo("12");
    assertThat(made.path("title").textValue()).isEqualTo("7");
    assertThat(made.at("/addresses/0/postalCode").textValue()).isEqualTo("89073");
    assertThat(made.at("/phoneNumbers/0/value").textValue()).isEqualTo("12025550117");
    assertThat(made.path(ENT).path("employeeNumber").textValue()).isEqualTo("701984");
    assertThat(made.path(ENT).path("manager").path("value").textValue()).isEqualTo("9");
  }

  @Test // 31
  void clearsABlankInAPatch() {
    UUID ada = idp.create(user("ada").put("title", "T")).id();

    Answer patched = idp.patch(ada, "{\"op\":\"replace\",\"value\":{\"title\":\"\"}}");

    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.json().has("title")).isFalse();
  }

  @Test // 38
  void keepsTheExternalIdUnlessItIsCleared() {
    UUID ada = idp.create(user("ada").put("externalId", "00u1")).id();

    JsonNode kept = idp.replace(ada, user("ada")).json();
    JsonNode cleared = idp.replace(ada, user("ada").put("externalId", "")).json();

    assertThat(kept.path("externalId").asText()).isEqualTo("00u1");
    assertThat(cleared.has("externalId")).isFalse();
  }
}
