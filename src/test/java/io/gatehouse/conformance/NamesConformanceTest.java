package io.gatehouse.conformance;

import static io.gatehouse.conformance.Scim.createGroup;
import static io.gatehouse.conformance.Scim.find;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.json;
import static io.gatehouse.conformance.Scim.names;
import static io.gatehouse.conformance.Scim.patch;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.total;
import static io.gatehouse.conformance.Scim.userWith;
import static io.gatehouse.conformance.Scim.values;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections Y and Z: names in every script, and reads after writes. */
class NamesConformanceTest {

  private static final String NFC = "José";
  private static final String NFD = "Jose\u0301";

  private final ScimClient idp = Gateway.shared().connection("standard");

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "jsmith,ＪＳＭＩＴＨ",
    "jsmith,JSmith",
    "José,Jose\u0301",
    "josé,JOSE\u0301",
    "kelvin,\u212Aelvin",
    "fiona,\uFB01ona",
    "TITLE,title"
  })
  void y01_y02_y03_takesNamesThatLookTheSameForTheSame(String name, String other) {
    Answer first = idp.create(user(name));
    assertThat(first.status()).isEqualTo(201);

    scimError(idp.create(user(other)), 409, "uniqueness");
    assertThat(find(idp, "/Users", "userName eq \"" + other + "\"").json().at("/Resources/0/id"))
        .isEqualTo(first.json().path("id"));
  }

  @ParameterizedTest(name = "{index}")
  @ValueSource(
      strings = {
        "a\u0000b",
        "a\u0007b",
        "a\u007Fb",
        "a\u0085b",
        "a\u200Bb",
        "a\u200Db",
        "a\uFEFFb",
        "a\u202Eb",
        "a\u00ADb",
        "a\u0378b",
        "a\uE000b",
        "a\nb",
        "   ",
        "\u3000"
      })
  void y02_refusesNamesThatCannotBeSeen(String name) {
    UUID eve = idp.create(user("eve@example.com")).id();
    ObjectNode unseen = user("x").put("userName", name);
    ObjectNode rename = json("{'op':'replace','path':'userName'}").put("value", name);

    scimError(idp.create(unseen), 400, "invalidValue");
    scimError(idp.replace(eve, unseen), 400, "invalidValue");
    scimError(patch(idp, "/Users/" + eve, Json.text(rename)), 400, "invalidValue");
    assertThat(names(get(idp, "/Users"))).containsExactly("eve@example.com");
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(strings = {" ada", "ada ", "ada\u00A0"})
  void y02_takesSpacesAroundANameForNoDifference(String name) {
    idp.create(user("ada"));

    assertThat(idp.create(user("x").put("userName", name)).status()).isIn(400, 409);
    assertThat(total(get(idp, "/Users"))).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0} is not {1}")
  @CsvSource({"straße,strasse", "jose,josé", "ada,аdа", "ıda,ida"})
  void y03_keepsDifferentNamesApart(String name, String other) {
    assertThat(idp.create(user(name)).status()).isEqualTo(201);
    assertThat(idp.create(user(other)).status()).isEqualTo(201);
    assertThat(names(find(idp, "/Users", "userName eq \"" + name + "\""))).containsExactly(name);
  }

  /** The gateway runs in this process, so it sees the locale of a machine in Turkey. */
  @Test
  void y03_comparesNamesAlikeInTurkey() {
    Locale home = Locale.getDefault();
    Locale.setDefault(new Locale("tr", "TR"));
    try {
      idp.create(user("TITLE"));
      scimError(idp.create(user("title")), 409, "uniqueness");
      createGroup(idp, "ADMINS");
      scimError(createGroup(idp, "admins"), 409, "uniqueness");
    } finally {
      Locale.setDefault(home);
    }
  }

  @Test
  void y04_showsANameAsItWasSent() {
    for (String name : List.of("Ada.Lovelace@Example.COM", "ＡＤＡ", NFD, "Straße")) {
      Answer created = idp.create(user(name));
      assertThat(created.json().path("userName").asText()).isEqualTo(name);
      assertThat(idp.get(created.id()).json().path("userName").asText()).isEqualTo(name);
    }
  }

  @Test
  void y06_comparesOtherStringsInOneFormToo() {
    idp.create(userWith("one", "{'displayName':'" + NFC + "','title':'" + NFD + "'}"));

    for (String filter :
        List.of(
            "displayName eq \"" + NFD + "\"",
            "displayName co \"e\u0301\"",
            "title eq \"" + NFC + "\"",
            "title ew \"é\"")) {
      assertThat(names(find(idp, "/Users", filter))).as(filter).containsExactly("one");
    }
  }

  @Test
  void z01_showsAnAnsweredWriteAtOnce() {
    UUID ada = idp.create(user("ada@example.com")).id();
    for (int i = 0; i < 20; i++) {
      String title = "title" + i;
      Answer patched =
          patch(idp, "/Users/" + ada, "{'op':'replace','path':'title','value':'" + title + "'}");
      assertThat(patched.status()).isEqualTo(200);
      assertThat(idp.get(ada).json()).isEqualTo(patched.json());
      assertThat(find(idp, "/Users", "title eq \"" + title + "\"").json().at("/Resources/0"))
          .isEqualTo(patched.json());
    }
  }

  @Test
  void z01_showsAnAnsweredMembershipAtOnceOnBothSides() {
    UUID ada = idp.create(user("ada@example.com")).id();
    String admins = createGroup(idp, "Admins").id().toString();
    String member = "{'op':'%s','path':'members','value':[{'value':'" + ada + "'}]}";

    patch(idp, "/Groups/" + admins, member.formatted("add"));
    assertThat(values(idp.get(ada).json().path("groups"))).containsExactly(admins);
    assertThat(names(find(idp, "/Groups", "members.value eq \"" + ada + "\"")))
        .containsExactly("Admins");
    patch(idp, "/Groups/" + admins, member.formatted("remove"));
    assertThat(idp.get(ada).json().has("groups")).isFalse();
    assertThat(total(find(idp, "/Groups", "members.value eq \"" + ada + "\""))).isZero();
  }
}
