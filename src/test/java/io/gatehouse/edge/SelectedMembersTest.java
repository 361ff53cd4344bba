package io.gatehouse.edge;

import static io.gatehouse.conformance.Scim.createGroup;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.json;
import static io.gatehouse.conformance.Scim.patch;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.values;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members that a path selects: done or refused, and nobody joins by being replaced. */
class SelectedMembersTest {

  private ScimClient idp;
  private UUID ava;
  private UUID ben;
  private UUID cleo;
  private String admins;

  private void given(String profile) {
    idp = Gateway.shared().connection(profile);
    ava = idp.create(user("ava@example.com")).id();
    ben = idp.create(user("ben@example.com")).id();
    cleo = idp.create(user("cleo@example.com")).id();
    admins = "/Groups/" + createGroup(idp, "Admins", ava, ben).id();
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "entra", "okta", "onelogin"})
  void letsNobodyJoinWhoIsReplacedAndNoMember(String profile) {
    given(profile);

    for (String value :
        List.of("[]", "null", "[{'value':'" + cleo + "'}]", "{'value':'" + cleo + "'}")) {
      scimError(selected("replace", cleo, value), 400, "noTarget");
    }
    assertThat(selected("replace", cleo, "[{'value':'" + ava + "'}]").status()).isEqualTo(400);
    requireMembers(ava, ben);
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "entra", "okta", "onelogin"})
  void makesNoMemberAnother(String profile) {
    given(profile);

    for (String op : List.of("replace", "add")) {
      for (String value :
          List.of(
              "[{'value':'" + cleo + "'}]",
              "{'value':'" + cleo + "'}",
              "[{'value':'" + ben + "'},{'value':'" + cleo + "'}]")) {
        scimError(selected(op, ben, value), 400, "mutability");
      }
    }
    requireMembers(ava, ben);
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "entra", "okta", "onelogin"})
  void doesWhatCanBeDone(String profile) {
    given(profile);

    assertThat(selected("replace", ben, "[{'value':'" + ben + "'}]").status()).isIn(200, 204);
    requireMembers(ava, ben);
    assertThat(selected("add", cleo, "[{'value':'" + cleo + "'}]").status()).isIn(200, 204);
    requireMembers(ava, ben, cleo);
    assertThat(selected("replace", ben, "[]").status()).isIn(200, 204);
    requireMembers(ava, cleo);
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "entra", "okta", "onelogin"})
  void movesNobodyWhenALaterOperationHasNoTarget(String profile) {
    given(profile);
    ObjectNode nobody = operation("replace", cleo, "[]");

    scimError(
        patch(
            idp,
            admins,
            "{'op':'remove','path':'members','value':[{'value':'" + ava + "'}]}",
            Json.text(nobody)),
        400,
        "noTarget");
    requireMembers(ava, ben);

    Answer both =
        patch(
            idp,
            admins,
            "{'op':'add','path':'members','value':[{'value':'" + cleo + "'}]}",
            Json.text(nobody));
    assertThat(both.status()).isIn(200, 204);
    requireMembers(ava, ben);
  }

  private Answer selected(String op, UUID id, String value) {
    return patch(idp, admins, Json.text(operation(op, id, value)));
  }

  private static ObjectNode operation(String op, UUID id, String value) {
    return json("{'op':'" + op + "','value':" + value + "}")
        .put("path", "members[value eq \"" + id + "\"]");
  }

  private void requireMembers(UUID... ids) {
    assertThat(values(get(idp, admins).json().path("members")))
        .containsExactlyInAnyOrder(
            List.of(ids).stream().map(UUID::toString).toArray(String[]::new));
  }
}
