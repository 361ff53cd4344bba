package io.gatehouse.idp;

import static io.gatehouse.conformance.Scim.ENT;
import static io.gatehouse.conformance.Scim.createGroup;
import static io.gatehouse.conformance.Scim.find;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.json;
import static io.gatehouse.conformance.Scim.patchOf;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.search;
import static io.gatehouse.conformance.Scim.total;
import static io.gatehouse.conformance.Scim.values;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters that can mean one thing only, in a query, a SearchRequest and a path. */
class LiteralFiltersTest {

  @ParameterizedTest
  @ValueSource(strings = {"standard", "entra", "okta", "onelogin"})
  void needNoBlankBeforeAQuote(String profile) {
    ScimClient idp = Gateway.shared().connection(profile);
    UUID ava = idp.create(user("ava@example.com")).id();
    UUID ben = idp.create(user("ben@example.com")).id();
    String crew = "/Groups/" + createGroup(idp, "Crew", ava, ben).id();

    for (String filter :
        List.of(
            "userName eq\"ava@example.com\"",
            "userName sw\"ava\" and active eq true",
            "emails[type eq\"work\" and value sw\"ava\"]",
            "not (userName eq\"ben@example.com\") and active pr")) {
      assertFinds(idp, filter, 1);
    }
    Answer removed =
        idp.call("PATCH", crew, operation("remove", "members[value eq\"" + ben + "\"]", null));
    Answer changed =
        idp.call(
            "PATCH", "/Users/" + ava, operation("replace", "emails[type eq\"work\"].value", "n@x"));

    assertThat(removed.status()).isIn(200, 204);
    assertThat(values(get(idp, crew).json().path("members"))).containsExactly(ava.toString());
    assertThat(values(changed.json().path("emails"))).containsExactly("n@x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "onelogin"})
  void areReadLiterally(String profile) {
    ScimClient idp = Gateway.shared().connection(profile);
    ObjectNode jo = user("EXAMPLE\\jo.lund");
    jo.set(ENT, json("{'department':'Night'}"));
    jo.set("roles", json("{'v':[{'value':'r','display':'Reader'}]}").path("v"));
    UUID id = idp.create(jo).id();

    for (String filter :
        List.of(
            "userName eq \"EXAMPLE\\jo.lund\"",
            "userName eq \"EXAMPLE\\\\jo.lund\"",
            "userName eq EXAMPLE\\jo.lund",
            "userName eq 'EXAMPLE\\jo.lund'",
            "userName eq \"EXAMPLE\\jo.lund\" and active eq \"True\"",
            "id eq " + id,
            ENT + ".department eq \"Night\"",
            "urn:scim:schemas:extension:enterprise:1.0:department eq Night",
            Schema.USER + ".userName sw \"EXAMPLE\\j\"",
            "urn:scim:schemas:core:1.0:userName sw \"EXAMPLE\"",
            "roles.displayName eq \"Reader\"")) {
      assertFinds(idp, filter, 1);
    }
    assertFinds(idp, "userName eq \"EXAMPLE\\nora\"", 0);
    Answer moved =
        idp.call("PATCH", "/Users/" + id, operation("add", "emails[type eq A\\jo].value", "a@x"));
    assertThat(values(moved.json().path("emails"))).contains("a@x");
    assertThat(moved.json().path("emails").findValuesAsText("type")).contains("A\\jo");
    scimError(find(idp, "/Users", "userName eq \"EXAMPLE\\\""), 400, "invalidFilter");
    scimError(find(idp, "/Users", "nonsense eq x"), 400, "invalidFilter");
  }

  @Test
  void areRefusedByTheStandard() {
    ScimClient idp = Gateway.shared().connection("standard");
    for (String filter :
        List.of(
            "userName eq \"EXAMPLE\\jo.lund\"",
            "userName eq ava",
            "active eqtrue",
            ENT + ".department eq \"Night\"",
            "roles.displayName eq \"Reader\"")) {
      scimError(find(idp, "/Users", filter), 400, "invalidFilter");
      scimError(search(idp, "/Users/.search", filterOf(filter)), 400, "invalidFilter");
    }
  }

  private static void assertFinds(ScimClient idp, String filter, int count) {
    assertThat(total(find(idp, "/Users", filter))).as(filter).isEqualTo(count);
    assertThat(total(search(idp, "/Users/.search", filterOf(filter)))).as(filter).isEqualTo(count);
    assertThat(total(search(idp, "/.search", filterOf(filter)))).as(filter).isEqualTo(count);
  }

  private static String filterOf(String filter) {
    return Json.text(Json.object().put("filter", filter));
  }

  private static ObjectNode operation(String op, String path, String value) {
    ObjectNode operation = Json.object().put("op", op).put("path", path);
    return patchOf(Json.text(value == null ? operation : operation.put("value", value)));
  }
}
