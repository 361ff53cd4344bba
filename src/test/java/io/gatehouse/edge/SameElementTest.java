package io.gatehouse.edge;

import static io.gatehouse.conformance.Scim.EXT;
import static io.gatehouse.conformance.Scim.defineExtension;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.json;
import static io.gatehouse.conformance.Scim.patch;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One type and one value make one element (RFC 7643 section 2.4). */
class SameElementTest {

  private static final String THERE =
      """
      {'emails':[{'value':'a@x.com','type':'work','primary':true}],
       'phoneNumbers':[{'value':'1','type':'work','display':'One'}],
       'ims':[{'value':'ava','type':'xmpp'}],
       'photos':[{'value':'https://x/p','type':'photo','primary':true}],
       'addresses':[{'type':'work','locality':'Hamar','primary':true}],
       'entitlements':[{'value':'print','display':'Print'}],
       'roles':[{'value':'admin','type':'T','primary':true}],
       'x509Certificates':[{'value':'QUJD','display':'C'}],
       'EXT':{'assets':[{'value':'Key','type':'t','weight':10}]}}
      """
          .replace("EXT", EXT);

  private static ScimClient client(String profile) {
    ScimClient idp = Gateway.shared().connection(profile);
    defineExtension(idp);
    return idp;
  }

  private static String ava(ScimClient idp) {
    ObjectNode user = ScimClient.user("ava@example.com").setAll(json(THERE));
    user.withArray("schemas").add(EXT);
    Answer created = idp.create(user);
    assertThat(created.status()).as(created.http().body()).isEqualTo(201);
    return "/Users/" + created.id();
  }

  /** What is said with less, or in another case where that does not count, is there already. */
  @ParameterizedTest
  @ValueSource(strings = {"standard", "entra", "okta", "onelogin"})
  void changesNothingByAddingWhatIsThere(String profile) {
    ScimClient idp = client(profile);
    String ava = ava(idp);
    JsonNode before = get(idp, ava).json();

    for (String value :
        List.of(
            "{'emails':[{'value':'a@x.com','type':'work'}]}",
            "{'emails':[{'value':'A@X.COM','type':'Work'}]}",
            "{'emails':[{'value':'a@x.com'}]}",
            "{'phoneNumbers':[{'value':'1','type':'WORK'}]}",
            "{'ims':[{'value':'AVA','type':'XMPP'}]}",
            "{'photos':[{'value':'https://x/p','type':'photo'}]}",
            "{'addresses':[{'type':'WORK','locality':'hamar'}]}",
            "{'entitlements':[{'value':'PRINT'}]}",
            "{'roles':[{'value':'ADMIN','type':'t'}]}",
            "{'x509Certificates':[{'value':'QUJD'}]}",
            "{'EXT':{'assets':[{'value':'Key','type':'T'}]}}".replace("EXT", EXT))) {
      Answer pathless = patch(idp, ava, "{'op':'add','value':" + value + "}");
      assertThat(pathless.status()).as(value + pathless.http().body()).isEqualTo(200);
      assertThat(get(idp, ava).json()).as(value).isEqualTo(before);
      if (!value.contains(EXT)) {
        String attribute = json(value).fieldNames().next();
        String list = Json.text(json(value).path(attribute));
        patch(idp, ava, "{'op':'add','path':'" + attribute + "','value':" + list + "}");
        assertThat(get(idp, ava).json()).as(value).isEqualTo(before);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          emails | [{'value':'A@X.com','type':'work','display':'A'}] | [{'value':'a@x.com','type':'work','primary':true,'display':'A'}]
          emails | [{'value':'a@x.com','type':'home'}] | [{'value':'a@x.com','type':'work','primary':true},{'value':'a@x.com','type':'home'}]
          phoneNumbers | [{'value':'1','type':'work','primary':true}] | [{'value':'1','type':'work','display':'One','primary':true}]
          addresses | [{'type':'work','locality':'Hamar','primary':false}] | [{'type':'work','locality':'Hamar','primary':false}]
          addresses | [{'type':'work','locality':'Moss'}] | [{'type':'work','locality':'Hamar','primary':true},{'type':'work','locality':'Moss'}]
          roles | [{'value':'admin','display':'Administrator'}] | [{'value':'admin','type':'T','primary':true,'display':'Administrator'}]
          x509Certificates | [{'value':'QUJE'}] | [{'value':'QUJD','display':'C'},{'value':'QUJE'}]
          """)
  void addsToTheElementThatIsThere(String attribute, String value, String expected) {
    ScimClient idp = client("standard");
    String ava = ava(idp);

    Answer added = patch(idp, ava, "{'op':'add','path':'" + attribute + "','value':" + value + "}");

    assertThat(added.json().path(attribute)).isEqualTo(json("{'v':" + expected + "}").path("v"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "entra", "okta", "onelogin"})
  void makesOneElementOfTwoInAWholeResource(String profile) {
    ScimClient idp = client(profile);
    String twice =
        """
        {'emails':[{'value':'a@x.com','type':'work'},
                   {'value':'A@x.com','type':'Work','primary':true}]}
        """;
    JsonNode once = json("{'v':[{'value':'a@x.com','type':'work','primary':true}]}").path("v");

    Answer created = idp.create(ScimClient.user("ada").setAll(json(twice)));
    Answer replaced =
        idp.replace(created.id(), ScimClient.user("ada").put("title", "x").setAll(json(twice)));
    Answer patched =
        patch(
            idp,
            "/Users/" + created.id(),
            "{'op':'replace','path':'emails','value':" + json(twice).path("emails") + "}");

    assertThat(created.json().path("emails")).isEqualTo(once);
    assertThat(replaced.json().path("emails")).isEqualTo(once);
    assertThat(patched.json().path("emails")).isEqualTo(once);
  }

  @Test
  void makesOneRoleOfTheTwoFormsInWhichEntraWritesIt() {
    ScimClient idp = client("entra");
    String ava = ava(idp);
    ObjectNode role =
        Json.object().put("id", "18d1").put("value", "admin").put("displayName", "Administrator");
    ObjectNode operation = json("{'op':'Add','path':'roles'}");
    operation.putArray("value").addObject().put("value", Json.text(role));

    Answer added = patch(idp, ava, Json.text(operation));

    assertThat(added.json().path("roles")).hasSize(1);
    assertThat(added.json().at("/roles/0/value").asText()).isEqualTo("admin");
    assertThat(added.json().at("/roles/0/display").asText()).isEqualTo("Administrator");
    assertThat(added.json().at("/roles/0/primary").asBoolean()).isTrue();
  }

  /** Two things of a tenant's own kind that only share their value are two. */
  @Test
  void losesNothingThatSaysSomethingElse() {
    ScimClient idp = client("standard");
    String ava = ava(idp);
    String asset = "[{'value':'Key','type':'t','weight':11}]";

    Answer added =
        patch(idp, ava, "{'op':'add','path':'" + EXT + ":assets','value':" + asset + "}");

    assertThat(added.json().path(EXT).path("assets").findValuesAsText("weight"))
        .containsExactly("10", "11");
  }
}
