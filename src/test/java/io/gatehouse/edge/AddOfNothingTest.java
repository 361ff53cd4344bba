package io.gatehouse.edge;

import static io.gatehouse.conformance.Scim.ENT;
import static io.gatehouse.conformance.Scim.EXT;
import static io.gatehouse.conformance.Scim.createGroup;
import static io.gatehouse.conformance.Scim.defineExtension;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.json;
import static io.gatehouse.conformance.Scim.keys;
import static io.gatehouse.conformance.Scim.patch;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An addition removes nothing, whatever is added (RFC 7644 section 3.5.2.1). */
class AddOfNothingTest {

  private static final String FULL =
      """
      {'title':'Lead','externalId':'E','name':{'givenName':'Ava','familyName':'L'},
       'emails':[{'value':'ava@example.com','type':'work','primary':true}],
       'phoneNumbers':[{'value':'1','type':'work'}],'ims':[{'value':'ava','type':'xmpp'}],
       'photos':[{'value':'https://example.com/a'}],'addresses':[{'type':'work','locality':'Hamar'}],
       'entitlements':[{'value':'print'}],'roles':[{'value':'admin'}],
       'x509Certificates':[{'value':'QUJD'}],
       'ENT':{'department':'Night','manager':{'value':'7'}},
       'EXT':{'level':9,'assets':[{'value':'Key','weight':10}]}}
      """
          .replace("ENT", ENT)
          .replace("EXT", EXT);

  private static final List<String> PROFILES = List.of("standard", "entra", "okta", "onelogin");

  private static final List<String> PATHS =
      List.of(
          "title",
          "externalId",
          "active",
          "name",
          "name.givenName",
          "emails",
          "phoneNumbers",
          "ims",
          "photos",
          "addresses",
          "entitlements",
          "roles",
          "x509Certificates",
          "emails[type eq \"work\"]",
          "emails[type eq \"work\"].value",
          "emails[type eq \"none\"]",
          ENT,
          ENT + ":department",
          ENT + ":manager",
          ENT + ":manager.value",
          EXT,
          EXT + ":level",
          EXT + ":assets",
          EXT + ":assets[value eq \"Key\"].weight");

  @ParameterizedTest
  @ValueSource(strings = {"standard", "entra", "okta", "onelogin"})
  void deletesNothing(String profile) {
    ScimClient idp = Gateway.shared().connection(profile);
    defineExtension(idp);
    ObjectNode user = ScimClient.user("ava@example.com").setAll(json(FULL));
    user.withArray("schemas").add(ENT).add(EXT);
    String ava = "/Users/" + idp.create(user).id();
    JsonNode before = get(idp, ava).json();
    assertThat(keys(before)).contains("title", "emails", ENT, EXT);

    for (String path : PATHS) {
      for (String nothing : nothings(profile, path)) {
        ObjectNode operation = json("{'op':'add','value':" + nothing + "}");
        requireUnchanged(idp, ava, before, operation.deepCopy().put("path", path));
        if (!path.contains("[") && !path.contains(".givenName") && !path.endsWith(".value")) {
          ObjectNode pathless = Json.object().put("op", "add");
          pathless.set("value", inside(path, operation.path("value")));
          requireUnchanged(idp, ava, before, pathless);
        }
      }
      // what one of them has deleted, none of the others brings back
      assertThat(get(idp, ava).json()).as(path).isEqualTo(before);
    }
    requireUnchanged(
        idp,
        ava,
        before,
        json("{'op':'add','path':'name','value':{'givenName':null,'familyName':null}}"));
    requireUnchanged(
        idp, ava, before, json("{'op':'add','value':{'" + ENT + "':{'department':null}}}"));
    assertThat(get(idp, ava).json()).isEqualTo(before);
  }

  /** Two of three for each path, another two in the next profile. */
  private static List<String> nothings(String profile, String path) {
    List<String> all = new ArrayList<>(List.of("[]", "{}", "null"));
    all.remove((PROFILES.indexOf(profile) + PATHS.indexOf(path)) % all.size());
    return all;
  }

  private static ObjectNode inside(String path, JsonNode value) {
    ObjectNode resource = Json.object();
    int colon = path.lastIndexOf(':');
    if (colon < 0 || path.equals(ENT) || path.equals(EXT)) {
      resource.set(path, value);
    } else {
      resource.putObject(path.substring(0, colon)).set(path.substring(colon + 1), value);
    }
    return resource;
  }

  private static void requireUnchanged(
      ScimClient idp, String path, JsonNode before, ObjectNode operation) {
    Answer answer = patch(idp, path, Json.text(operation));
    assertThat(answer.status()).as(operation + answer.http().body()).isIn(200, 400);
    if (answer.status() == 200) {
      assertThat(answer.json()).as(operation.toString()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "entra", "okta", "onelogin"})
  void emptiesNoGroup(String profile) {
    ScimClient idp = Gateway.shared().connection(profile);
    UUID ava = idp.create(ScimClient.user("ava@example.com")).id();
    String admins = "/Groups/" + createGroup(idp, "Admins", ava).id();
    JsonNode before = get(idp, admins).json();

    for (String nothing : List.of("[]", "null", "{}")) {
      for (String operation :
          List.of(
              "{'op':'add','path':'members','value':" + nothing + "}",
              "{'op':'add','value':{'members':" + nothing + "}}")) {
        assertThat(patch(idp, admins, operation).status()).as(operation).isIn(200, 204, 400);
        assertThat(get(idp, admins).json()).as(operation).isEqualTo(before);
      }
    }
  }

  /** What clears must go on clearing, also by a path that a quirk turns into an addition. */
  @ParameterizedTest
  @ValueSource(strings = {"standard", "entra", "okta", "onelogin"})
  void leavesAReplacementByNothingAsItIs(String profile) {
    ScimClient idp = Gateway.shared().connection(profile);
    String ava = "/Users/" + idp.create(ScimClient.user("a").setAll(json("{'title':'T'}"))).id();
    ObjectNode value = json("{'op':'replace','value':null}").put("path", "title");
    ObjectNode email = value.deepCopy().put("path", "emails[type eq \"work\"].value");

    patch(idp, ava, Json.text(value));
    patch(idp, ava, Json.text(email));

    assertThat(keys(get(idp, ava).json())).doesNotContain("title", "emails");
  }
}
