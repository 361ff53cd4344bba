package io.gatehouse.idp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.conformance.Scim;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A deactivation is taken or refused, and no neighbour in the same request loses it. */
class DeactivationTest {

  private static final int BODIES = 64;

  private final Gateway gateway = Gateway.shared();

  @Test
  void neverLeavesALeaverActiveAfterASuccess() throws Exception {
    new Deactivations(gateway, BODIES, System.nanoTime()).run(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "onelogin"})
  void isTakenOutOfAListWithoutAPath(String profile) {
    ScimClient idp = gateway.connection(profile);
    UUID ada = idp.create(ScimClient.user("ada")).id();

    Answer answer = idp.patchAll(ada, "{\"op\":\"replace\",\"value\":[{\"active\":false}]}");

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    assertThat(idp.get(ada).json().path("active").booleanValue()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "onelogin"})
  void isTakenBesideAListThatNamesNoAttribute(String profile) {
    ScimClient idp = gateway.connection(profile);
    UUID ada = idp.create(ScimClient.user("ada")).id();
    String list = "{\"op\":\"add\",\"value\":[{\"value\":\"a@example.com\"}]}";

    Answer alone = idp.patchAll(ada, list);
    Answer beside =
        idp.patchAll(ada, list, "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}");

    assertThat(alone.status()).as(alone.http().body()).isEqualTo(400);
    assertThat(beside.status()).as(beside.http().body()).isEqualTo(200);
    assertThat(idp.get(ada).json().path("active").booleanValue()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"op\":\"replace\",\"value\":[{\"active\":false}]}",
        "{\"op\":\"add\",\"value\":[{\"value\":\"a@example.com\"}]}",
        "{\"op\":\"add\",\"value\":[null]}",
        "{\"op\":\"remove\",\"path\":\"active\"}"
      })
  void isRefusedInSuchAFormByTheStandard(String operation) {
    ScimClient idp = gateway.connection("standard");
    UUID ada = idp.create(ScimClient.user("ada")).id();

    assertThat(idp.patchAll(ada, operation).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "entra", "okta", "onelogin"})
  void isNotTakenBackByNull(String profile) {
    boolean forgives = !profile.equals("standard");
    ScimClient idp = gateway.connection(profile);
    UUID ada = idp.create(ScimClient.user("ada")).id();

    Answer answer =
        idp.patchAll(
            ada,
            "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}",
            "{\"op\":\"replace\",\"value\":{\"active\":null}}");

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(forgives ? 200 : 400);
    assertThat(idp.get(ada).json().path("active").booleanValue()).isEqualTo(!forgives);
  }

  /** Success would be taken for a deactivation, or for the opposite. */
  @ParameterizedTest
  @ValueSource(strings = {"standard", "entra", "okta", "onelogin"})
  void cannotBeMadeByAValueThatSaysNeither(String profile) {
    ScimClient idp = gateway.connection(profile);
    UUID ada = idp.create(ScimClient.user("ada")).id();
    for (String op : List.of("replace", "add")) {
      for (String value :
          List.of("[]", "null", "{\"value\":[]}", "{\"value\":null}", "{}", "[null]", "\"\"")) {
        for (String form :
            List.of(
                "{'op':'%s','path':'active','value':%s}",
                "{'op':'%s','path':'urn:ietf:params:scim:schemas:core:2.0:User:active','value':%s}",
                "{'op':'%s','value':{'active':%s}}",
                "{'op':'%s','value':{'urn:ietf:params:scim:schemas:core:2.0:User':{'active':%s}}}")) {
          String operation = form.replace('\'', '"').formatted(op, value);
          Answer answer = idp.patchAll(ada, operation);

          assertThat(answer.status()).as(operation).isEqualTo(400);
          assertThat(answer.json().path("scimType").asText())
              .as(operation)
              .isEqualTo("invalidValue");
        }
        String last = "{\"op\":\"%s\",\"path\":\"active\",\"value\":%s}".formatted(op, value);
        assertThat(inBulk(idp, ada, last)).as(last).isEqualTo("400");
      }
    }
    assertThat(idp.get(ada).json().path("active").booleanValue()).isTrue();
    assertThat(idp.get(ada).json().path("meta").path("version").asText()).isEqualTo("W/\"1\"");
  }

  private static String inBulk(ScimClient idp, UUID id, String operation) {
    ObjectNode bulk = Json.object();
    bulk.putArray("schemas").add(Scim.BULK);
    bulk.putArray("Operations")
        .addObject()
        .put("method", "PATCH")
        .put("path", "/Users/" + id)
        .set("data", ScimClient.patch(operation));
    return idp.call("POST", "/Bulk", bulk)
        .json()
        .path("Operations")
        .path(0)
        .path("status")
        .asText();
  }

  /** A client that writes null for whatever it does not say must not lose what it does say. */
  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "onelogin"})
  void isLeftAsItIsByNullBesideOtherAttributes(String profile) {
    ScimClient idp = gateway.connection(profile);
    UUID ada = idp.create(ScimClient.user("ada")).id();

    Answer answer =
        idp.patchAll(ada, "{\"op\":\"replace\",\"value\":{\"active\":null,\"title\":\"Lady\"}}");

    assertThat(answer.json().path("title").asText()).isEqualTo("Lady");
    assertThat(answer.json().path("active").booleanValue()).isTrue();
    assertThat(LeftOut.repairs(ada)).contains("leave-out-unreadable-values active");
  }

  /** Nobody becomes inactive by that, so it must not be answered as if something had happened. */
  @ParameterizedTest
  @ValueSource(strings = {"standard", "entra", "okta", "onelogin"})
  void cannotBeMadeByRemovingActive(String profile) {
    ScimClient idp = gateway.connection(profile);
    UUID ada = idp.create(ScimClient.user("ada")).id();

    Answer answer = idp.patchAll(ada, "{\"op\":\"remove\",\"path\":\"active\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("scimType").asText()).isEqualTo("mutability");
    assertThat(idp.get(ada).json().path("active").booleanValue()).isTrue();
  }
}
