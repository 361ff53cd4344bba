package io.gatehouse.conformance;

import static io.gatehouse.conformance.Scim.ENT;
import static io.gatehouse.conformance.Scim.GROUP;
import static io.gatehouse.conformance.Scim.createGroup;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.group;
import static io.gatehouse.conformance.Scim.json;
import static io.gatehouse.conformance.Scim.keys;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.total;
import static io.gatehouse.conformance.Scim.userWith;
import static io.gatehouse.conformance.Scim.values;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section R: PUT. */
class ReplaceConformanceTest {

  private final ScimClient idp = Gateway.shared().connection("standard");

  @Test
  void r01_answersWithTheWholeResource() {
    UUID ada = idp.create(user("ada@example.com")).id();
    Answer replaced = idp.replace(ada, userWith("ada@example.com", "{'title':'x'}"));

    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.json().path("title").asText()).isEqualTo("x");
    assertThat(replaced.json()).isEqualTo(idp.get(ada).json());
    assertThat(replaced.header("ETag")).isEqualTo(replaced.json().at("/meta/version").asText());
    assertThat(replaced.header("Location"))
        .isNotEmpty()
        .isEqualTo(replaced.json().at("/meta/location").asText());
  }

  @Test
  void r01_replacesGroupsToo() {
    UUID ada = idp.create(user("ada@example.com")).id();
    UUID eve = idp.create(user("eve@example.com")).id();
    UUID admins = createGroup(idp, "Admins", ada).id();
    Answer replaced = idp.call("PUT", "/Groups/" + admins, group("Owners", eve));

    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.json().path("displayName").asText()).isEqualTo("Owners");
    assertThat(values(replaced.json().path("members"))).containsExactly(eve.toString());
    assertThat(replaced.json()).isEqualTo(get(idp, "/Groups/" + admins).json());
  }

  @Test
  void r02_createsNothing() {
    scimError(idp.replace(UUID.randomUUID(), user("ada@example.com")), 404);
    scimError(idp.call("PUT", "/Groups/" + UUID.randomUUID(), group("Admins")), 404);
    assertThat(total(get(idp, "/"))).isZero();
  }

  @Test
  void r03_ignoresReadOnlyValuesEvenIfTheyDiffer() {
    Answer ada = idp.create(user("ada@example.com"));
    Answer replaced =
        idp.replace(
            ada.id(),
            userWith(
                "ada@example.com",
                "{'id':'other','meta':{'version':'W/\"9\"'},'groups':[{'value':'x'}]}"));

    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.json()).isEqualTo(ada.json());
  }

  @Test
  void r04_clearsWhatIsOmittedButNeitherActivityNorPassword() {
    ObjectNode full =
        userWith(
            "ada@example.com",
            "{'title':'x','active':false,'password':'p','" + ENT + "':{'department':'D'}}");
    UUID ada = idp.create(full).id();
    ObjectNode bare = json("{'userName':'ada@example.com'}");
    bare.putArray("schemas").add(Schema.USER);

    Answer replaced = idp.replace(ada, bare);

    assertThat(keys(replaced.json()))
        .containsExactlyInAnyOrder("schemas", "id", "userName", "active", "meta");
    assertThat(replaced.json().path("active").asBoolean(true)).isFalse();
    assertThat(replaced.json().path("schemas")).isEqualTo(Json.array().add(Schema.USER));
  }

  @Test
  void r04_clearsWhatIsNullOrEmpty() {
    UUID ada = idp.create(userWith("ada@example.com", "{'title':'x'}")).id();
    Answer replaced =
        idp.replace(ada, userWith("ada@example.com", "{'title':null,'emails':[],'name':{}}"));

    assertThat(keys(replaced.json())).doesNotContain("title", "emails", "name");
  }

  @Test
  void r04_keepsTheMembersThatAPutDoesNotMention() {
    UUID ada = idp.create(user("ada@example.com")).id();
    UUID admins = createGroup(idp, "Admins", ada).id();

    Answer replaced = idp.call("PUT", "/Groups/" + admins, group("Owners"));

    assertThat(replaced.json().path("displayName").asText()).isEqualTo("Owners");
    assertThat(values(replaced.json().path("members"))).containsExactly(ada.toString());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"{'members':[]}", "{'members':null}"})
  void r04_emptiesAGroupWhenToldSo(String members) {
    UUID ada = idp.create(user("ada@example.com")).id();
    UUID admins = createGroup(idp, "Admins", ada).id();

    Answer replaced =
        idp.call("PUT", "/Groups/" + admins, group("Admins").<ObjectNode>setAll(json(members)));

    assertThat(replaced.json().get("members")).isEqualTo(Json.array());
  }

  @Test
  void r05_demandsWhatIsRequired() {
    UUID ada = idp.create(user("ada@example.com")).id();

    scimError(idp.replace(ada, user("x").<ObjectNode>without("userName")), 400, "invalidValue");
    scimError(idp.replace(ada, user("x").putNull("userName")), 400, "invalidValue");
    assertThat(idp.get(ada).json().path("userName").asText()).isEqualTo("ada@example.com");
  }

  @Test
  void r06_refusesTheNameOfAnother() {
    idp.create(user("ada@example.com"));
    Answer eve = idp.create(user("eve@example.com"));

    scimError(idp.replace(eve.id(), user("ADA@example.com")), 409, "uniqueness");
    assertThat(idp.get(eve.id()).json()).isEqualTo(eve.json());
  }

  @Test
  void r07_changesNothingByAnIdenticalPut() {
    UUID ada = idp.create(userWith("ada@example.com", "{'title':'x'}")).id();
    Answer before = idp.get(ada);

    assertThat(idp.replace(ada, userWith("ada@example.com", "{'title':'x'}")).json())
        .isEqualTo(before.json());
    assertThat(idp.replace(ada, (ObjectNode) before.json()).json()).isEqualTo(before.json());
    Answer admins = createGroup(idp, "Admins", ada);
    assertThat(idp.call("PUT", "/Groups/" + admins.id(), admins.json()).json())
        .isEqualTo(admins.json());
  }

  @Test
  void r08_showsOnlyWhatAPutAsksFor() {
    UUID ada = idp.create(user("ada@example.com")).id();
    String path = "/Users/" + ada + "?attributes=title";

    assertThat(keys(idp.call("PUT", path, userWith("ada@example.com", "{'title':'x'}")).json()))
        .containsExactlyInAnyOrder("schemas", "id", "title");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "{'schemas':null}",
        "{'schemas':[]}",
        "{'schemas':['" + GROUP + "']}",
        "{'schemas':['" + Schema.USER + "','urn:example:nothing']}"
      })
  void r09_demandsTheSchemasOfTheEndpoint(String schemas) {
    UUID ada = idp.create(user("ada@example.com")).id();

    scimError(idp.replace(ada, userWith("ada@example.com", schemas)), 400, "invalidValue");
  }
}
