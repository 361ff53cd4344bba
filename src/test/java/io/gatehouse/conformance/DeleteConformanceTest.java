package io.gatehouse.conformance;

import static io.gatehouse.conformance.Scim.bulk;
import static io.gatehouse.conformance.Scim.createGroup;
import static io.gatehouse.conformance.Scim.find;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.group;
import static io.gatehouse.conformance.Scim.names;
import static io.gatehouse.conformance.Scim.operationError;
import static io.gatehouse.conformance.Scim.patch;
import static io.gatehouse.conformance.Scim.patchOf;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.search;
import static io.gatehouse.conformance.Scim.send;
import static io.gatehouse.conformance.Scim.total;
import static io.gatehouse.conformance.Scim.userWith;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections T, V and W: deleting, /Me, versions. */
class DeleteConformanceTest {

  private static final String TITLE = "{'op':'add','path':'title','value':'x'}";

  private final ScimClient idp = Gateway.shared().connection("standard");

  @Test
  void t01_answersADeleteWithNothing() {
    UUID ada = idp.create(user("ada@example.com")).id();
    UUID admins = createGroup(idp, "Admins").id();

    for (String path : List.of("/Users/" + ada, "/Groups/" + admins)) {
      Answer deleted = send(idp, "DELETE", path, null);
      assertThat(deleted.status()).isEqualTo(204);
      assertThat(deleted.http().body()).isEmpty();
    }
  }

  @Test
  void t02_knowsADeletedUserNoMore() {
    UUID ada = idp.create(user("ada@example.com")).id();
    UUID admins = createGroup(idp, "Admins").id();
    idp.delete(ada);
    String path = "/Users/" + ada;

    scimError(idp.get(ada), 404);
    scimError(idp.replace(ada, user("ada@example.com")), 404);
    scimError(patch(idp, path, TITLE), 404);
    scimError(idp.delete(ada), 404);
    JsonNode operations =
        bulk(idp, "{'method':'DELETE','path':'" + path + "'}").json().path("Operations");
    operationError(operations.path(0), 404, null);
    scimError(
        patch(
            idp,
            "/Groups/" + admins,
            "{'op':'add','path':'members','value':[{'value':'" + ada + "'}]}"),
        400,
        "invalidValue");
  }

  @Test
  void t02_knowsADeletedGroupNoMore() {
    UUID admins = createGroup(idp, "Admins").id();
    String path = "/Groups/" + admins;
    assertThat(idp.call("DELETE", path, null).status()).isEqualTo(204);

    scimError(get(idp, path), 404);
    scimError(idp.call("PUT", path, group("Admins")), 404);
    scimError(patch(idp, path, "{'op':'add','path':'externalId','value':'x'}"), 404);
    scimError(idp.call("DELETE", path, null), 404);
  }

  @Test
  void t03_listsADeletedUserNowhere() {
    UUID ada = idp.create(user("ada@example.com").put("externalId", "E")).id();
    idp.create(user("eve@example.com"));
    idp.delete(ada);

    assertThat(names(get(idp, "/Users"))).containsExactly("eve@example.com");
    assertThat(total(get(idp, "/Users?count=0"))).isEqualTo(1);
    assertThat(total(find(idp, "/Users", "externalId eq \"E\""))).isZero();
    assertThat(total(find(idp, "/Users", "id eq \"" + ada + "\""))).isZero();
    assertThat(total(search(idp, "/.search", "{'filter':'userName sw \"ada\"'}"))).isZero();
    assertThat(names(get(idp, "/Users?cursor"))).containsExactly("eve@example.com");
  }

  /** The checklist wants a new id here; the product promises the old one to those who return. */
  @Test
  void t04_givesTheNameOfADeletedUserBackUnderTheSameId() {
    UUID ada = idp.create(userWith("ada@example.com", "{'title':'x'}")).id();
    idp.delete(ada);

    Answer back = idp.create(user("ADA@example.com"));

    assertThat(back.status()).isEqualTo(201);
    assertThat(back.id()).isEqualTo(ada);
    assertThat(back.json().has("title")).isFalse();
    assertThat(idp.get(ada).json()).isEqualTo(back.json());
  }

  @Test
  void t04_givesTheNameOfADeletedUserToAnotherPerson() {
    UUID ada = idp.create(user("ada@example.com").put("externalId", "E-1")).id();
    idp.delete(ada);

    Answer other = idp.create(user("ada@example.com").put("externalId", "E-2"));

    assertThat(other.status()).isEqualTo(201);
    assertThat(other.id()).isNotEqualTo(ada);
  }

  @Test
  void t04_givesTheNameOfADeletedGroupToANewOne() {
    UUID admins = createGroup(idp, "Admins").id();
    idp.call("DELETE", "/Groups/" + admins, null);

    Answer again = createGroup(idp, "Admins");

    assertThat(again.status()).isEqualTo(201);
    assertThat(again.id()).isNotEqualTo(admins);
  }

  @Test
  void t05_deletesNobodyByAForeignId() {
    scimError(idp.delete(UUID.randomUUID()), 404);
    scimError(idp.call("DELETE", "/Groups/" + UUID.randomUUID(), null), 404);
    scimError(idp.call("DELETE", "/Users/nobody", null), 404);
  }

  @Test
  void t06_deletesOnlyTheVersionThatIsNamed() {
    UUID ada = idp.create(user("ada@example.com")).id();
    String path = "/Users/" + ada;

    scimError(send(idp, "DELETE", path, null, "If-Match", "W/\"9\""), 412);
    assertThat(idp.get(ada).status()).isEqualTo(200);
    assertThat(send(idp, "DELETE", path, null, "If-Match", "W/\"1\"").status()).isEqualTo(204);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE"})
  void v01_v04_a22_hasNoMe(String method) {
    scimError(idp.call(method, "/Me", method.equals("GET") ? null : user("x")), 501);
    scimError(send(idp, method, "/Me", null), 501);
  }

  @Test
  void w01_namesTheVersionInEveryAnswer() {
    for (String path :
        List.of(
            "/Users/" + idp.create(user("ada@example.com")).id(),
            "/Groups/" + createGroup(idp, "Admins").id())) {
      Answer got = get(idp, path);
      Answer patched = patch(idp, path, "{'op':'add','path':'displayName','value':'New'}");
      Answer replaced = idp.call("PUT", path, got.json());
      for (Answer answer : List.of(got, patched, replaced)) {
        assertThat(answer.header("ETag"))
            .startsWith("W/\"")
            .isEqualTo(answer.json().at("/meta/version").asText());
      }
      assertThat(List.of(got.header("ETag"), patched.header("ETag"), replaced.header("ETag")))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void w02_changesTheVersionByARealChangeOnly() {
    Answer ada = idp.create(user("ada@example.com"));
    Answer admins = createGroup(idp, "Admins");
    String path = "/Groups/" + admins.id();
    String join = "{'op':'add','path':'members','value':[{'value':'" + ada.id() + "'}]}";

    assertThat(idp.replace(ada.id(), user("ada@example.com")).header("ETag"))
        .isEqualTo(ada.header("ETag"));
    String joined = patch(idp, path, join).header("ETag");
    assertThat(joined).isNotEqualTo(admins.header("ETag"));
    assertThat(patch(idp, path, join).header("ETag")).isEqualTo(joined);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"W/\"1\"", "\"1\"", "*", "\"a\", W/\"1\"", "W/\"7\",W/\"1\""})
  void w03_answersNotModifiedWhenTheVersionIsKnown(String known) {
    Answer ada = idp.create(user("ada@example.com"));

    for (String query : List.of("", "?attributes=userName")) {
      Answer same = send(idp, "GET", "/Users/" + ada.id() + query, null, "If-None-Match", known);
      assertThat(same.status()).isEqualTo(304);
      assertThat(same.http().body()).isEmpty();
      assertThat(same.header("ETag")).isEqualTo("W/\"1\"");
    }
  }

  @Test
  void w03_answersWithWhatIsNewer() {
    Answer ada = idp.create(user("ada@example.com"));
    String path = "/Users/" + ada.id();
    patch(idp, path, TITLE);

    Answer newer = send(idp, "GET", path, null, "If-None-Match", ada.header("ETag"));

    assertThat(newer.status()).isEqualTo(200);
    assertThat(newer.json().path("title").asText()).isEqualTo("x");
    String group = "/Groups/" + createGroup(idp, "Admins").id();
    assertThat(send(idp, "GET", group, null, "If-None-Match", "W/\"1\"").status()).isEqualTo(304);
  }

  @Test
  void w04_writesNothingOverAnotherVersion() {
    Answer ada = idp.create(user("ada@example.com"));
    Answer admins = createGroup(idp, "Admins");
    for (Answer it : List.of(ada, admins)) {
      String path = (it == ada ? "/Users/" : "/Groups/") + it.id();
      String body = Json.text(it.json()).replace("Ada", "Eve").replace("Admins", "Owners");
      String patch = Json.text(patchOf("{'op':'add','path':'externalId','value':'x'}"));

      scimError(send(idp, "PUT", path, body, "If-Match", "W/\"9\""), 412);
      scimError(send(idp, "PATCH", path, patch, "If-Match", "W/\"9\""), 412);
      scimError(send(idp, "DELETE", path, null, "If-Match", "W/\"9\""), 412);
      assertThat(get(idp, path).json()).isEqualTo(it.json());
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"W/\"1\"", "\"1\"", "*", "W/\"9\", W/\"1\""})
  void w05_w06_writesOverTheVersionThatIsNamedWeaklyOrStrongly(String named) {
    String path = "/Users/" + idp.create(user("ada@example.com")).id();
    String title = Json.text(patchOf(TITLE));

    Answer patched = send(idp, "PATCH", path, title, "If-Match", named);

    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.header("ETag")).isEqualTo("W/\"2\"");
  }

  @Test
  void w08_putsNotFoundBeforeThePreconditionAndCreatesRegardless() {
    String nobody = "/Users/" + UUID.randomUUID();
    String ada = Json.text(user("ada@example.com"));

    scimError(send(idp, "DELETE", nobody, null, "If-Match", "W/\"1\""), 404);
    scimError(send(idp, "PUT", nobody, ada, "If-Match", "*"), 404);
    scimError(send(idp, "PATCH", nobody, Json.text(patchOf(TITLE)), "If-Match", "*"), 404);
    assertThat(send(idp, "POST", "/Users", ada, "If-Match", "W/\"9\"").status()).isEqualTo(201);
  }
}
