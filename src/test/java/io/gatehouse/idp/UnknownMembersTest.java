package io.gatehouse.idp;

import static io.gatehouse.conformance.Scim.bulk;
import static io.gatehouse.conformance.Scim.createGroup;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.group;
import static io.gatehouse.conformance.Scim.json;
import static io.gatehouse.conformance.Scim.patch;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.values;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Those who exist join a group, where the profile says so; the others are on record. */
class UnknownMembersTest {

  private static final String NOBODY = "018f0000-0000-7000-8000-00000000dead";
  private static final String RECORD = "leave-out-unknown-members members";

  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "onelogin"})
  void doNotKeepTheOthersOut(String profile) {
    ScimClient idp = Gateway.shared().connection(profile);
    UUID ava = idp.create(user("ava@example.com")).id();
    UUID ben = idp.create(user("ben@example.com")).id();
    String both = "[{'value':'" + ava + "'},{'value':'" + NOBODY + "'},{'value':'jo'}]";

    for (String operation :
        List.of(
            "{'op':'add','path':'members','value':" + both + "}",
            "{'op':'replace','path':'members','value':" + both + "}",
            "{'op':'add','value':{'members':" + both + "}}",
            "{'op':'replace','value':{'members':" + both + "}}")) {
      UUID crew = createGroup(idp, "Crew " + UUID.randomUUID()).id();
      assertThat(patch(idp, "/Groups/" + crew, operation).status()).as(operation).isIn(200, 204);
      assertMembers(idp, crew, ava);
      assertThat(LeftOut.repairs(crew)).as(operation).contains(RECORD).doesNotContain(NOBODY);
    }
    UUID staff = createGroup(idp, "Staff", ben).id();
    Answer put = idp.call("PUT", "/Groups/" + staff, withMembers("Staff", both));
    Answer post = idp.call("POST", "/Groups", withMembers("New", both));

    assertThat(put.status()).isEqualTo(200);
    assertThat(post.status()).isEqualTo(201);
    assertThat(LeftOut.repairs(staff)).contains(RECORD);
    assertThat(LeftOut.repairs(post.id())).contains(RECORD);
    assertThat(values(get(idp, "/Groups/" + staff).json().path("members")))
        .contains(ava.toString())
        .doesNotContain(NOBODY);
    assertMembers(idp, post.id(), ava);
  }

  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "onelogin"})
  void doNotKeepTheOthersOutWhenEachHasItsOwnOperation(String profile) {
    ScimClient idp = Gateway.shared().connection(profile);
    UUID ava = idp.create(user("ava@example.com")).id();
    UUID crew = createGroup(idp, "Crew").id();

    Answer answer = patch(idp, "/Groups/" + crew, add(NOBODY), add(ava.toString()));
    JsonNode done =
        bulk(
                idp,
                "{'method':'POST','path':'/Groups','bulkId':'g','data':"
                    + withMembers("B", "[{'value':'" + ava + "'},{'value':'" + NOBODY + "'}]")
                    + "}")
            .json();

    assertThat(answer.status()).isIn(200, 204);
    assertMembers(idp, crew, ava);
    assertThat(done.path("Operations").path(0).path("status").asText()).isEqualTo("201");
  }

  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "onelogin"})
  void areRefusedWhenNobodyExistsAndEmptyNoGroup(String profile) {
    ScimClient idp = Gateway.shared().connection(profile);
    UUID ava = idp.create(user("ava@example.com")).id();
    UUID ben = idp.create(user("ben@example.com")).id();
    UUID crew = createGroup(idp, "Crew", ava).id();
    String nobody = "[{'value':'" + NOBODY + "'}]";

    for (String op : List.of("add", "replace")) {
      scimError(
          patch(
              idp,
              "/Groups/" + crew,
              "{'op':'" + op + "','path':'members','value':" + nobody + "}"),
          400,
          "invalidValue");
    }
    scimError(idp.call("PUT", "/Groups/" + crew, withMembers("Crew", nobody)), 400, "invalidValue");
    scimError(idp.call("POST", "/Groups", withMembers("New", nobody)), 400, "invalidValue");
    idp.call(
        "PATCH",
        "/Groups/" + crew,
        io.gatehouse.conformance.Scim.patchOf(
            "{'op':'replace','path':'members','value':" + nobody + "}", add(ben.toString())));
    assertThat(values(get(idp, "/Groups/" + crew).json().path("members"))).contains(ava.toString());
  }

  @Test
  void areRefusedByTheStandard() {
    ScimClient idp = Gateway.shared().connection("standard");
    UUID ava = idp.create(user("ava@example.com")).id();
    UUID crew = createGroup(idp, "Crew").id();
    String both = "[{'value':'" + ava + "'},{'value':'" + NOBODY + "'}]";

    scimError(
        patch(idp, "/Groups/" + crew, "{'op':'add','path':'members','value':" + both + "}"),
        400,
        "invalidValue");
    scimError(idp.call("PUT", "/Groups/" + crew, withMembers("Crew", both)), 400, "invalidValue");
    scimError(idp.call("POST", "/Groups", withMembers("New", both)), 400, "invalidValue");
    assertMembers(idp, crew);
  }

  private static String add(String member) {
    return "{'op':'add','path':'members','value':[{'value':'" + member + "'}]}";
  }

  private static ObjectNode withMembers(String name, String members) {
    return group(name).setAll(json("{'members':" + members + "}"));
  }

  private static void assertMembers(ScimClient idp, UUID group, UUID... members) {
    assertThat(values(get(idp, "/Groups/" + group).json().path("members")))
        .containsExactlyInAnyOrderElementsOf(
            java.util.Arrays.stream(members).map(UUID::toString).toList());
  }
}
