package io.gatehouse.idp;

import static io.gatehouse.conformance.Scim.ENT;
import static io.gatehouse.conformance.Scim.EXT;
import static io.gatehouse.conformance.Scim.bulk;
import static io.gatehouse.conformance.Scim.createGroup;
import static io.gatehouse.conformance.Scim.defineExtension;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.group;
import static io.gatehouse.conformance.Scim.json;
import static io.gatehouse.conformance.Scim.patch;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.values;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What cannot be read does not count as an empty list, which would delete what is there. */
class UnreadableValuesTest {

  private static final List<String> PROFILES = List.of("standard", "entra", "okta", "onelogin");

  /** Lists with an object that says nothing which the schema knows. */
  private static final List<String> UNREADABLE =
      List.of(
          "[{'wrong':'x'}]",
          "[{'wrong':'x','type':'work'}]",
          "[{'wrong':{'value':'x'},'primary':true}]",
          "[{}]",
          "[{},{}]",
          "{'wrong':'x'}",
          "{'wrong':'x','type':'work'}",
          "[{'value':null,'wrong':'x'}]");

  /** Every multi-valued complex attribute of a user, and one of a tenant. */
  private static final Map<String, String> LISTS =
      Map.of(
          "emails",
          "[{'value':'ava@example.com','type':'work','primary':true}]",
          "phoneNumbers",
          "[{'value':'+1 201 555 0100','type':'work'}]",
          "ims",
          "[{'value':'ava','type':'xmpp'}]",
          "photos",
          "[{'value':'https://example.com/ava.png','type':'photo'}]",
          "addresses",
          "[{'type':'work','locality':'Hamar'}]",
          "entitlements",
          "[{'value':'print'}]",
          "roles",
          "[{'value':'admin'}]",
          "x509Certificates",
          "[{'value':'QUJD'}]",
          EXT + ":assets",
          "[{'value':'Key','weight':10}]");

  private final Gateway gateway = Gateway.shared();

  @ParameterizedTest
  @ValueSource(strings = {"standard", "entra", "okta", "onelogin"})
  void deletesNoListForElementsThatCannotBeRead(String profile) {
    ScimClient idp = client(profile);
    String ava = ava(idp);
    ObjectNode before = state(idp, ava);

    for (String attribute : new TreeSet<>(LISTS.keySet())) {
      for (String value : chosen(profile, attribute)) {
        for (String operation :
            List.of(
                "{'op':'replace','path':'" + attribute + "','value':" + value + "}",
                "{'op':'replace','value':" + inside(attribute, value) + "}",
                "{'op':'add','path':'" + attribute + "','value':" + value + "}",
                "{'op':'add','value':" + inside(attribute, value) + "}")) {
          requireNotTaken(profile, operation, patch(idp, ava, operation));
        }
        Answer removed =
            patch(idp, ava, "{'op':'remove','path':'" + attribute + "','value':" + value + "}");
        scimError(removed, 400, "invalidValue");
        Answer put = idp.call("PUT", ava, with(before, attribute, json("{'v':" + value + "}")));
        requireNotTaken(profile, "PUT " + attribute + value, put);
        // what one of them has deleted, none of the others brings back
        assertThat(state(idp, ava)).as(attribute + value).isEqualTo(before);
      }
    }
  }

  /** Each value of each attribute in one of four profiles; {@code -Dexhaustive=true} for all. */
  private static List<String> chosen(String profile, String attribute) {
    int first = (PROFILES.indexOf(profile) + attribute.length()) % PROFILES.size();
    return IntStream.range(0, UNREADABLE.size())
        .filter(i -> Boolean.getBoolean("exhaustive") || i % PROFILES.size() == first)
        .mapToObj(UNREADABLE::get)
        .toList();
  }

  private static void requireNotTaken(String profile, String what, Answer answer) {
    boolean nothing = what.contains("'op':'add'") && what.contains(":{}");
    if (profile.equals("standard") && !nothing) {
      assertThat(answer.status()).as(what + answer.http().body()).isEqualTo(400);
      assertThat(answer.json().path("scimType").asText()).as(what).isEqualTo("invalidValue");
    } else {
      assertThat(answer.status()).as(what + answer.http().body()).isIn(200, 400);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "entra", "okta", "onelogin"})
  void createsNobodyOutOfElementsThatCannotBeReadWithoutARecord(String profile) {
    ScimClient idp = client(profile);
    ObjectNode user = user("ada@example.com");
    user.set("phoneNumbers", json("{'v':[{'number':'1'}]}").path("v"));

    Answer created = idp.create(user);

    if (profile.equals("standard")) {
      scimError(created, 400, "invalidValue");
    } else {
      assertThat(created.status()).isEqualTo(201);
      assertThat(created.json().has("phoneNumbers")).isFalse();
      assertThat(repairs(created.id()))
          .contains("leave-out-unreadable-values phoneNumbers")
          .doesNotContain("number");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"entra", "okta", "onelogin"})
  void recordsWhatIsLeftOutOfAPatchAndOfAPut(String profile) {
    ScimClient idp = client(profile);
    String ava = ava(idp);
    ObjectNode put = state(idp, ava).put("title", "Lead");
    put.set("roles", json("{'v':[{'name':'admin'}]}").path("v"));

    Answer patched =
        patch(
            idp,
            ava,
            "{'op':'replace','path':'emails','value':[{'email':'n@example.com','type':'work'}]}",
            "{'op':'replace','path':'nickName','value':'A'}");
    Answer replaced = idp.call("PUT", ava, put);

    assertThat(patched.json().path("nickName").asText()).isEqualTo("A");
    assertThat(replaced.status()).as(replaced.http().body()).isEqualTo(200);
    assertThat(replaced.json().path("title").asText()).isEqualTo("Lead");
    assertThat(values(replaced.json().path("roles"))).containsExactly("admin");
    assertThat(repairs(id(ava)))
        .contains("leave-out-unreadable-values emails", "leave-out-unreadable-values roles")
        .doesNotContain("n@example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "entra", "okta", "onelogin"})
  void deletesNoExtensionAndNoNameForUnknownNames(String profile) {
    ScimClient idp = client(profile);
    String ava = ava(idp);
    ObjectNode before = state(idp, ava);
    String unknown = "{'costCentreCode':'4711'}";

    for (String path : List.of(ENT, EXT, "name", ENT + ":manager")) {
      for (String op : List.of("add", "replace")) {
        for (String value : List.of(unknown, "{}")) {
          for (String operation :
              List.of(
                  "{'op':'" + op + "','path':'" + path + "','value':" + value + "}",
                  "{'op':'" + op + "','value':" + inside(path, value) + "}")) {
            assertThat(patch(idp, ava, operation).status()).as(operation).isIn(200, 400);
            assertThat(state(idp, ava)).as(operation).isEqualTo(before);
          }
        }
      }
      ObjectNode put = with(before, path, json("{'v':" + unknown + "}"));
      Answer replaced = idp.call("PUT", ava, put);
      assertThat(replaced.status())
          .as(replaced.http().body())
          .isIn(profile.equals("standard") ? List.of(400) : List.of(200, 400));
      assertThat(state(idp, ava)).as("PUT " + path).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "entra", "okta", "onelogin"})
  void addsWhatCanBeReadOfAListAndReplacesNothingByAPart(String profile) {
    ScimClient idp = client(profile);
    String ava = ava(idp);
    String mixed = "[{'value':'n@example.com','type':'home'},{'email':'m@example.com'}]";
    boolean strict = profile.equals("standard");

    Answer replaced = patch(idp, ava, "{'op':'replace','path':'emails','value':" + mixed + "}");
    assertThat(replaced.status()).isEqualTo(strict ? 400 : 200);
    assertThat(values(get(idp, ava).json().path("emails"))).containsExactly("ava@example.com");
    Answer added = patch(idp, ava, "{'op':'add','path':'emails','value':" + mixed + "}");

    assertThat(added.status()).isEqualTo(strict ? 400 : 200);
    List<String> emails = values(get(idp, ava).json().path("emails"));
    assertThat(emails)
        .isEqualTo(
            strict ? List.of("ava@example.com") : List.of("ava@example.com", "n@example.com"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "entra", "okta", "onelogin"})
  void changesNoElementThatAPathSelectsForUnknownNames(String profile) {
    ScimClient idp = client(profile);
    String ava = ava(idp);
    ObjectNode before = state(idp, ava);

    for (String op : List.of("add", "replace")) {
      for (String value : List.of("{}", "{'email':'x'}", "{'email':'x','primary':true}")) {
        ObjectNode operation = json("{'op':'" + op + "','value':" + value + "}");
        operation.put("path", "emails[type eq \"work\"]");
        assertThat(patch(idp, ava, Json.text(operation)).status()).as(value).isIn(200, 400);
        assertThat(state(idp, ava)).as(op + value).isEqualTo(before);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "entra", "okta", "onelogin"})
  void neitherEmptiesNorFillsAGroupForMembersThatNameNobody(String profile) {
    ScimClient idp = client(profile);
    UUID ava = id(ava(idp));
    UUID ben = idp.create(user("ben@example.com")).id();
    String admins = "/Groups/" + createGroup(idp, "Admins", ava).id();
    JsonNode before = get(idp, admins).json();

    for (String value :
        List.of(
            "[{'id':'" + ben + "'}]",
            "[{'display':'Ben'}]",
            "[{'value':null,'display':'Ben'}]",
            "[{'value':'','display':'Ben'}]",
            "[{'$ref':'https://example.com/Users/" + ben + "'}]",
            "[{}]",
            "{}",
            "''",
            "{'members':[{'value':'" + ben + "'}]}",
            "[{'value':'" + ben + "'},{'display':'Cleo'}]")) {
      for (String op : List.of("add", "remove", "replace")) {
        scimError(
            patch(idp, admins, "{'op':'" + op + "','path':'members','value':" + value + "}"),
            400,
            "invalidValue");
        if (!op.equals("remove")) {
          scimError(
              patch(idp, admins, "{'op':'" + op + "','value':{'members':" + value + "}}"),
              400,
              "invalidValue");
        }
      }
      ObjectNode staff = group("Staff").setAll(json("{'members':" + value + "}"));
      scimError(idp.call("POST", "/Groups", staff), 400, "invalidValue");
      scimError(idp.call("PUT", admins, staff), 400, "invalidValue");
      assertThat(get(idp, admins).json()).as(value).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "entra", "okta", "onelogin"})
  void refusesMembersThatNameNobodyInABulkRequestToo(String profile) {
    ScimClient idp = client(profile);
    String admins = "/Groups/" + createGroup(idp, "Admins").id();
    String staff =
        "{'schemas':['" + Schema.GROUP + "'],'displayName':'Staff','members':[{'display':'X'}]}";

    Answer answer =
        bulk(
            idp,
            "{'method':'POST','path':'/Groups','bulkId':'g','data':" + staff + "}",
            "{'method':'PUT','path':'" + admins + "','data':" + staff + "}");

    assertThat(answer.json().path("Operations"))
        .extracting(it -> it.path("status").asText())
        .containsExactly("400", "400");
  }

  /** An error of a member is found before anything is queued; older queues may hold one still. */
  @Test
  void leavesNothingBehindThatCannotBeApplied() {
    ScimClient idp = client("standard");
    ObjectNode staff = group("Staff").setAll(json("{'members':[{'display':'X'}]}"));

    scimError(idp.call("POST", "/Groups", staff), 400, "invalidValue");

    assertThat(createGroup(idp, "Staff").status()).isEqualTo(201);
  }

  private ScimClient client(String profile) {
    ScimClient idp = gateway.connection(profile);
    defineExtension(idp);
    return idp;
  }

  private static String ava(ScimClient idp) {
    ObjectNode user = user("ava@example.com");
    LISTS.forEach((path, list) -> user.setAll(with(user, path, json("{'v':" + list + "}"))));
    user.setAll(with(user, ENT, json("{'v':{'department':'Night','manager':{'value':'7'}}}")));
    ((ObjectNode) user.path("name")).put("middleName", "M");
    Answer created = idp.create(user);
    assertThat(created.status()).as(created.http().body()).isEqualTo(201);
    return "/Users/" + created.id();
  }

  private static ObjectNode user(String userName) {
    ObjectNode user = ScimClient.user(userName);
    user.withArray("schemas").add(ENT).add(EXT);
    return user;
  }

  /** A copy in which the value stands at a path. */
  private static ObjectNode with(ObjectNode resource, String path, JsonNode holder) {
    ObjectNode copy = resource.deepCopy();
    int colon = path.lastIndexOf(':');
    if (colon < 0 || path.equals(ENT) || path.equals(EXT)) {
      copy.set(path, holder.path("v"));
    } else {
      copy.withObjectProperty(path.substring(0, colon))
          .set(path.substring(colon + 1), holder.path("v"));
    }
    return copy;
  }

  private static String inside(String path, String value) {
    return Json.text(with(Json.object(), path, json("{'v':" + value + "}")));
  }

  private static ObjectNode state(ScimClient idp, String path) {
    ObjectNode state = get(idp, path).json().deepCopy();
    state.remove("meta");
    return state;
  }

  private static UUID id(String path) {
    return UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
  }

  private String repairs(UUID user) {
    return gateway
        .bean(JdbcClient.class)
        .sql(
            """
            select string_agg(d.detail ->> 'repairs', ' ')
              from audit_entry e join audit_detail d on d.audit_id = e.id
             where e.resource_id = ?
            """)
        .param(user)
        .query(String.class)
        .single();
  }
}
