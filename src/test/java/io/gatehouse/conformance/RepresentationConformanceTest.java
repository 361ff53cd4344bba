package io.gatehouse.conformance;

import static io.gatehouse.conformance.Scim.ENT;
import static io.gatehouse.conformance.Scim.EXT;
import static io.gatehouse.conformance.Scim.GROUP;
import static io.gatehouse.conformance.Scim.attribute;
import static io.gatehouse.conformance.Scim.createGroup;
import static io.gatehouse.conformance.Scim.extended;
import static io.gatehouse.conformance.Scim.extension;
import static io.gatehouse.conformance.Scim.find;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.group;
import static io.gatehouse.conformance.Scim.json;
import static io.gatehouse.conformance.Scim.keys;
import static io.gatehouse.conformance.Scim.names;
import static io.gatehouse.conformance.Scim.patch;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.total;
import static io.gatehouse.conformance.Scim.userWith;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Section D: what every resource looks like, whatever way it was written. */
class RepresentationConformanceTest {

  private final ScimClient idp = Gateway.shared().connection("standard");

  @Test
  void d01_listsTheBaseSchemaAndTheExtensionsInUseOnce() {
    ObjectNode ada = userWith("ada@example.com", "{'" + ENT + "':{'department':'D'}}");
    ada.putArray("schemas").add(ENT).add(Schema.USER);

    assertThat(schemas(idp.create(ada))).containsExactlyInAnyOrder(Schema.USER, ENT);
    assertThat(schemas(idp.create(user("eve@example.com")))).containsExactly(Schema.USER);
    assertThat(schemas(createGroup(idp, "Admins"))).containsExactly(GROUP);
  }

  @Test
  void d02_givesIdsThatAreUniqueOverAllTypesAndNotTheClients() {
    Answer ada = idp.create(user("ada@example.com").put("id", "mine"));
    Answer admins = idp.call("POST", "/Groups", group("Admins").put("id", ada.id().toString()));

    assertThat(ada.json().path("id").asText()).isNotEqualTo("mine").doesNotContain("bulkId");
    assertThat(admins.id()).isNotEqualTo(ada.id());
    assertThat(idp.get(ada.id()).id()).isEqualTo(ada.id());
  }

  @Test
  void d03_comparesIdsExactly() {
    String id = idp.create(user("ada@example.com")).id().toString();
    String flipped = id.toUpperCase(Locale.ROOT);

    scimError(get(idp, "/Users/" + flipped), 404);
    assertThat(total(find(idp, "/Users", "id eq \"" + flipped + "\""))).isZero();
    assertThat(total(find(idp, "/Users", "id eq \"" + id + "\""))).isEqualTo(1);
  }

  @Test
  void d04_inventsNoExternalId() {
    assertThat(idp.create(user("ada@example.com")).json().has("externalId")).isFalse();
    assertThat(createGroup(idp, "Admins").json().has("externalId")).isFalse();
  }

  @Test
  void d05_comparesExternalIdsExactly() {
    idp.create(user("ada@example.com").put("externalId", "Ext-1"));

    assertThat(names(find(idp, "/Users", "externalId eq \"Ext-1\""))).hasSize(1);
    assertThat(names(find(idp, "/Users", "externalId eq \"ext-1\""))).isEmpty();
  }

  @Test
  void d06_letsTheClientGiveOneExternalIdTwice() {
    UUID eve = idp.create(user("eve@example.com")).id();
    idp.create(user("ada@example.com").put("externalId", "E-1"));

    assertThat(idp.replace(eve, user("eve@example.com").put("externalId", "E-1")).status())
        .isEqualTo(200);
    assertThat(total(find(idp, "/Users", "externalId eq \"E-1\""))).isEqualTo(2);
  }

  /** Who comes back is recognised by it, unless the connection says that it is given again. */
  @Test
  void d06_createsOneUserOfAnExternalIdUnlessItIsGivenToOthers() {
    ObjectNode reused = Json.object();
    reused.putObject("settings").put("externalIdIsStable", false);
    idp.create(user("ada@example.com").put("externalId", "E-1"));
    ObjectNode eve = user("eve@example.com").put("externalId", "E-1");

    scimError(idp.create(eve), 409, "uniqueness");
    Gateway.shared().admin("PATCH", "/connections/" + idp.connection(), reused);
    assertThat(idp.create(eve).status()).isEqualTo(201);
    assertThat(total(find(idp, "/Users", "externalId eq \"E-1\""))).isEqualTo(2);
  }

  @Test
  void d07_writesMetaItselfAndIgnoresTheClients() {
    String theirs = "{'meta':{'resourceType':'X','created':'1999-01-01T00:00:00Z','version':'9'}}";
    Answer created = idp.create(userWith("ada@example.com", theirs));
    Answer replaced = idp.replace(created.id(), userWith("ada@example.com", theirs));
    Answer patched =
        patch(idp, "/Users/" + created.id(), "{'op':'replace','value':" + theirs + "}");

    assertThat(created.json().at("/meta/resourceType").asText()).isEqualTo("User");
    assertThat(created.json().at("/meta/created").asText()).doesNotContain("1999");
    assertThat(replaced.json().path("meta")).isEqualTo(created.json().path("meta"));
    assertThat(patched.json().path("meta")).isEqualTo(created.json().path("meta"));
  }

  @Test
  void d07_setsAllOfMetaOnGroupsToo() {
    JsonNode meta = createGroup(idp, "Admins").json().path("meta");

    assertThat(meta.path("resourceType").asText()).isEqualTo("Group");
    assertThat(keys(meta))
        .containsExactlyInAnyOrder(
            "resourceType", "created", "lastModified", "location", "version");
  }

  @Test
  void d08_modifiesNothingByCreating() {
    JsonNode user = idp.create(user("ada@example.com")).json().path("meta");
    JsonNode group = createGroup(idp, "Admins").json().path("meta");

    assertThat(user.path("lastModified")).isEqualTo(user.path("created"));
    assertThat(group.path("lastModified")).isEqualTo(group.path("created"));
  }

  @Test
  void d09_writesTimesInFullAndInUtc() {
    JsonNode meta = idp.create(user("ada@example.com")).json().path("meta");

    assertThat(meta.path("created").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
  }

  @Test
  void d10_movesLastModifiedOnlyByARealChangeAndCreatedNever() {
    JsonNode before = idp.create(user("ada@example.com")).json();
    String path = "/Users/" + before.path("id").asText();
    JsonNode same = patch(idp, path, "{'op':'remove','path':'title'}").json();
    JsonNode after = patch(idp, path, "{'op':'add','path':'title','value':'x'}").json();

    assertThat(same.path("meta")).isEqualTo(before.path("meta"));
    assertThat(Instant.parse(after.at("/meta/lastModified").asText()))
        .isAfter(Instant.parse(before.at("/meta/lastModified").asText()));
    assertThat(after.at("/meta/created")).isEqualTo(before.at("/meta/created"));
  }

  @Test
  void d11_givesOneLocationEverywhere() {
    Answer created = createGroup(idp, "Admins");
    Answer got = get(idp, "/Groups/" + created.id());

    assertThat(created.json().at("/meta/location").asText())
        .isEqualTo(idp.gateway().url("/scim/v2/Groups/" + created.id()))
        .isEqualTo(created.header("Location"))
        .isEqualTo(got.header("Location"));
  }

  @Test
  void d12_givesOneWeakVersionEverywhere() {
    for (Answer created :
        List.of(idp.create(user("ada@example.com")), createGroup(idp, "Admins"))) {
      assertThat(created.header("ETag"))
          .matches("W/\"\\d+\"")
          .isEqualTo(created.json().at("/meta/version").asText());
    }
  }

  @Test
  void d13_answersWithTheStateAsItWasUnderstood() {
    Answer created =
        idp.create(userWith("ada@example.com", "{'TITLE':'x','nonsense':1,'nickName':null}"));

    assertThat(created.json().path("title").asText()).isEqualTo("x");
    assertThat(keys(created.json())).doesNotContain("nonsense", "TITLE", "nickName");
    assertThat(idp.get(created.id()).json()).isEqualTo(created.json());
  }

  @Test
  void d14_readsAttributeNamesInAnyCase() {
    ObjectNode ada =
        json("{'USERNAME':'ada@example.com','Emails':[{'VALUE':'a@x.com','Type':'work'}]}");
    ada.putArray("schemas").add(Schema.USER);
    Answer created = idp.create(ada);
    Answer patched =
        patch(idp, "/Users/" + created.id(), "{'op':'add','path':'NAME.givenname','value':'Ada'}");

    assertThat(created.json().path("emails"))
        .isEqualTo(json("{'it':[{'value':'a@x.com','type':'work'}]}").path("it"));
    assertThat(patched.json().path("name")).isEqualTo(json("{'givenName':'Ada'}"));
    assertThat(names(get(idp, "/Users?filter=EMAILS.Value%20pr&sortBy=USERname")))
        .containsExactly("ada@example.com");
    assertThat(get(idp, "/Users/" + created.id() + "?attributes=uSERnAME").json().has("userName"))
        .isTrue();
  }

  @Test
  void d15_readsUrnsInAnyCase() {
    String shouted = ENT.toUpperCase(Locale.ROOT);
    ObjectNode ada = userWith("ada@example.com", "{'" + shouted + "':{'DEPARTMENT':'D'}}");
    ada.putArray("schemas").add(Schema.USER.toUpperCase(Locale.ROOT)).add(shouted);
    Answer created = idp.create(ada);

    assertThat(created.json().path(ENT)).isEqualTo(json("{'department':'D'}"));
    assertThat(schemas(created)).containsExactlyInAnyOrder(Schema.USER, ENT);
    assertThat(
            patch(
                    idp,
                    "/Users/" + created.id(),
                    "{'op':'replace','path':'" + shouted + ":department','value':'E'}")
                .json()
                .path(ENT))
        .isEqualTo(json("{'department':'E'}"));
  }

  @Test
  void d16_takesNullEmptyAndAbsentForTheSame() {
    Answer created =
        idp.create(userWith("ada@example.com", "{'nickName':null,'emails':[],'name':{}}"));

    assertThat(keys(created.json())).doesNotContain("nickName", "emails", "name");
    for (String name : List.of("nickName", "emails", "name", "title")) {
      assertThat(total(find(idp, "/Users", name + " pr"))).as(name).isZero();
    }
    assertThat(
            patch(idp, "/Users/" + created.id(), "{'op':'replace','path':'emails','value':[]}")
                .json())
        .isEqualTo(created.json());
  }

  @Test
  void d17_readsMembersInAnyOrder() {
    ObjectNode ada = json("{'name':{'givenName':'Ada'},'id':'x','userName':'ada@example.com'}");
    ada.putArray("schemas").add(Schema.USER);

    assertThat(idp.create(ada).status()).isEqualTo(201);
  }

  @Test
  void d18_takesExtensionAttributesFromTheirContainerOnly() {
    Answer ada = idp.create(userWith("ada@example.com", "{'department':'D'}"));

    assertThat(ada.json().toString()).doesNotContain("department");
    assertThat(schemas(ada)).containsExactly(Schema.USER);
  }

  @Test
  void d18_dropsAnEmptiedContainerWithItsUrn() {
    Answer ada = idp.create(userWith("ada@example.com", "{'" + ENT + "':{'department':'D'}}"));
    assertThat(schemas(ada)).contains(ENT);

    Answer emptied =
        patch(idp, "/Users/" + ada.id(), "{'op':'remove','path':'" + ENT + ":department'}");

    assertThat(emptied.json().has(ENT)).isFalse();
    assertThat(schemas(emptied)).containsExactly(Schema.USER);
  }

  @Test
  void d19_takesAContainerWithoutItsUrnAndAUrnWithoutItsContainer() {
    Answer container =
        idp.create(userWith("ada@example.com", "{'" + ENT + "':{'department':'D'}}"));
    ObjectNode eve = user("eve@example.com");
    eve.withArray("schemas").add(ENT);
    Answer urn = idp.create(eve);

    assertThat(container.json().path(ENT)).isEqualTo(json("{'department':'D'}"));
    assertThat(schemas(container)).contains(ENT);
    assertThat(urn.status()).isEqualTo(201);
    assertThat(schemas(urn)).containsExactly(Schema.USER);
  }

  @Test
  void d20_demandsAnExtensionThatItsTypeRequires() {
    UUID early = idp.create(user("early@example.com")).id();
    ObjectNode schema = extension(EXT).put("required", true);
    ((ArrayNode) schema.path("attributes"))
        .add(attribute("level", "integer").put("required", true))
        .add(attribute("note", "string"));
    String path = "/tenants/" + idp.tenant() + "/schemas/" + EXT + "?force=true";
    assertThat(idp.gateway().admin("PUT", path, schema).status()).isEqualTo(200);

    scimError(idp.create(user("ada@example.com")), 400, "invalidValue");
    scimError(idp.create(extended("ada@example.com", "{'note':'x'}")), 400, "invalidValue");
    scimError(idp.replace(early, user("early@example.com")), 400, "invalidValue");
    assertThat(idp.create(extended("ada@example.com", "{'level':1}")).status()).isEqualTo(201);
    assertThat(get(idp, "/ResourceTypes/User").json().path("schemaExtensions"))
        .anyMatch(it -> it.path("required").asBoolean() && it.path("schema").asText().equals(EXT));
  }

  private static List<String> schemas(Answer answer) {
    assertThat(answer.status()).as(answer.http().body()).isBetween(200, 201);
    List<String> urns = new ArrayList<>();
    answer.json().path("schemas").forEach(it -> urns.add(it.asText()));
    return urns;
  }
}
