package io.gatehouse.idp;

import static io.gatehouse.conformance.Scim.createGroup;
import static io.gatehouse.conformance.Scim.find;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.patch;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.search;
import static io.gatehouse.conformance.Scim.total;
import static io.gatehouse.conformance.Scim.values;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single quotes are quotes in the profiles of IdPs, and no filter to the letter. */
class SingleQuotesTest {

  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "onelogin"})
  void areQuotesInAPath(String profile) {
    ScimClient idp = Gateway.shared().connection(profile);
    UUID ava = idp.create(user("ava@example.com")).id();
    UUID ben = idp.create(user("ben@example.com")).id();
    String admins = "/Groups/" + createGroup(idp, "Admins", ava, ben).id();

    patch(idp, admins, operation("remove", "members[value eq '" + ben + "']", ""));
    JsonNode user =
        patch(
                idp,
                "/Users/" + ava,
                operation("replace", "emails[type eq 'work'].value", "\"n@example.com\""),
                operation("add", "phoneNumbers[type eq 'mobile'].value", "\"1\""),
                "{\"op\":\"replace\",\"value\":{\"addresses[type eq 'work'].locality\":\"Hamar\"}}")
            .json();

    assertThat(values(get(idp, admins).json().path("members"))).containsExactly(ava.toString());
    assertThat(values(user.path("emails"))).containsExactly("n@example.com");
    assertThat(user.at("/emails/0/type").asText()).isEqualTo("work");
    assertThat(user.at("/phoneNumbers/0/type").asText()).isEqualTo("mobile");
    assertThat(user.at("/addresses/0/type").asText()).isEqualTo("work");
  }

  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "onelogin"})
  void areQuotesInAFilter(String profile) {
    ScimClient idp = Gateway.shared().connection(profile);
    idp.create(user("o'malley@example.com"));
    idp.create(user("CORP\\jo"));
    createGroup(idp, "Night Shift");

    for (String filter :
        List.of(
            "userName eq 'o'malley@example.com'",
            "userName eq 'o\\'malley@example.com'",
            "userName eq \"o'malley@example.com\"",
            "userName eq 'CORP\\jo'",
            "(userName sw 'o' and emails[type eq 'work' and value co 'malley'])",
            "emails[type eq 'work'].value eq 'o'malley@example.com'")) {
      assertThat(total(find(idp, "/Users", filter))).as(filter).isEqualTo(1);
      assertThat(total(search(idp, "/Users/.search", filterOf(filter)))).as(filter).isEqualTo(1);
      assertThat(total(search(idp, "/.search", filterOf(filter)))).as(filter).isEqualTo(1);
    }
    assertThat(total(find(idp, "/Groups", "displayName eq 'night shift'"))).isEqualTo(1);
    assertThat(total(find(idp, "/Users", "userName eq 'nobody'"))).isZero();
  }

  /** Read as a part of an unquoted value they would name nobody, and be answered with success. */
  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "onelogin"})
  void areRefusedWhereTheyAreTypographic(String profile) {
    ScimClient idp = Gateway.shared().connection(profile);
    UUID ava = idp.create(user("ava@example.com")).id();
    String admins = "/Groups/" + createGroup(idp, "Admins", ava).id();

    for (String value : List.of("\u201c%s\u201d", "\u2018%s\u2019", "\u201e%s\u201c", "`%s`")) {
      String id = value.formatted(ava);
      scimError(
          patch(idp, admins, operation("remove", "members[value eq " + id + "]", "")),
          400,
          "invalidFilter");
      scimError(
          find(idp, "/Users", "userName eq " + value.formatted("ava@example.com")),
          400,
          "invalidFilter");
    }
    assertThat(values(get(idp, admins).json().path("members"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "onelogin"})
  void areRefusedWhereTheyDoNotEnd(String profile) {
    ScimClient idp = Gateway.shared().connection(profile);
    UUID ava = idp.create(user("ava@example.com")).id();
    String admins = "/Groups/" + createGroup(idp, "Admins", ava).id();

    scimError(
        patch(idp, admins, operation("remove", "members[value eq '" + ava + "]", "")),
        400,
        "invalidFilter");
    scimError(find(idp, "/Users", "userName eq 'ava@example.com"), 400, "invalidFilter");
  }

  @Test
  void areRefusedByTheStandard() {
    ScimClient idp = Gateway.shared().connection("standard");
    UUID ava = idp.create(user("ava@example.com")).id();
    String admins = "/Groups/" + createGroup(idp, "Admins", ava).id();
    String filter = "userName eq 'ava@example.com'";

    scimError(
        patch(idp, admins, operation("remove", "members[value eq '" + ava + "']", "")),
        400,
        "invalidFilter");
    scimError(
        patch(idp, "/Users/" + ava, operation("add", "emails[type eq 'work'].value", "\"x\"")),
        400,
        "invalidFilter");
    scimError(find(idp, "/Users", filter), 400, "invalidFilter");
    scimError(search(idp, "/Users/.search", filterOf(filter)), 400, "invalidFilter");
    assertThat(values(get(idp, admins).json().path("members"))).hasSize(1);
  }

  private static String filterOf(String filter) {
    return Json.text(Json.object().put("filter", filter));
  }

  private static String operation(String op, String path, String value) {
    String start = Json.text(Json.object().put("op", op).put("path", path));
    return value.isEmpty()
        ? start
        : start.substring(0, start.length() - 1) + ",\"value\":" + value + "}";
  }
}
