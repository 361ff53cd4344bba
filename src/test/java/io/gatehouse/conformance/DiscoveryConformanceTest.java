package io.gatehouse.conformance;

import static io.gatehouse.conformance.Scim.ENT;
import static io.gatehouse.conformance.Scim.EXT;
import static io.gatehouse.conformance.Scim.GROUP;
import static io.gatehouse.conformance.Scim.LIST;
import static io.gatehouse.conformance.Scim.attribute;
import static io.gatehouse.conformance.Scim.bulk;
import static io.gatehouse.conformance.Scim.defineExtension;
import static io.gatehouse.conformance.Scim.extended;
import static io.gatehouse.conformance.Scim.extension;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.json;
import static io.gatehouse.conformance.Scim.patch;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.send;
import static io.gatehouse.conformance.Scim.total;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section C: what the gateway says about itself, and whether that is true. */
class DiscoveryConformanceTest {

  private static final String SPC = "/ServiceProviderConfig";

  private final ScimClient idp = Gateway.shared().connection("standard");

  @Test
  void c01_answersTheConfigurationAsOneObject() {
    Answer answer = get(idp, SPC);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
    assertThat(answer.json().path("schemas"))
        .isEqualTo(Json.array().add("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"));
    assertThat(answer.json().path("meta").path("resourceType").asText())
        .isEqualTo("ServiceProviderConfig");
  }

  @Test
  void c02_statesEveryFeatureInItsType() {
    ObjectNode config = (ObjectNode) get(idp, SPC).json();

    assertThat(config.path("patch")).isEqualTo(json("{'supported':true}"));
    assertThat(config.path("bulk"))
        .isEqualTo(json("{'supported':true,'maxOperations':1000,'maxPayloadSize':1048576}"));
    assertThat(config.path("filter")).isEqualTo(json("{'supported':true,'maxResults':200}"));
    assertThat(config.path("changePassword")).isEqualTo(json("{'supported':false}"));
    assertThat(config.path("sort")).isEqualTo(json("{'supported':true}"));
    assertThat(config.path("etag")).isEqualTo(json("{'supported':true}"));
  }

  @Test
  void c02_c03_describesItsAuthenticationSchemes() {
    JsonNode schemes = get(idp, SPC).json().path("authenticationSchemes");

    assertThat(schemes).isNotEmpty();
    for (JsonNode scheme : schemes) {
      assertThat(scheme.path("type").asText())
          .isIn("oauth", "oauth2", "oauthbearertoken", "httpbasic", "httpdigest");
      assertThat(scheme.path("name").asText()).isNotBlank();
      assertThat(scheme.path("description").asText()).isNotBlank();
    }
  }

  @Test
  void c05_offersWhatTheFlagsPromise() {
    Answer ada = idp.create(user("ada@example.com"));

    assertThat(ada.header("ETag")).isNotEmpty();
    assertThat(patch(idp, "/Users/" + ada.id(), "{'op':'remove','path':'title'}").status())
        .isEqualTo(200);
    assertThat(bulk(idp, "{'method':'DELETE','path':'/Users/" + ada.id() + "'}").status())
        .isEqualTo(200);
    assertThat(get(idp, "/Users?sortBy=userName&filter=title%20pr").status()).isEqualTo(200);
  }

  @Test
  void c06_listsAllSchemasOnOnePage() {
    defineExtension(idp);
    JsonNode list = get(idp, "/Schemas").json();

    assertThat(list.path("schemas")).isEqualTo(Json.array().add(LIST));
    assertThat(list.path("totalResults").asInt()).isEqualTo(list.path("Resources").size());
    assertThat(ids(list)).contains(Schema.USER, GROUP, ENT, EXT).doesNotHaveDuplicates();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {Schema.USER, GROUP, ENT})
  void c07_showsEachSchemaByItsUrnInAnyCase(String urn) {
    Answer one = get(idp, "/Schemas/" + urn);

    assertThat(one.status()).isEqualTo(200);
    assertThat(one.json().path("id").asText()).isEqualTo(urn);
    assertThat(get(idp, "/Schemas/" + urn.toUpperCase(Locale.ROOT)).json()).isEqualTo(one.json());
    assertThat(get(idp, "/Schemas").json().path("Resources")).contains(one.json());
  }

  @Test
  void c07_knowsNoOtherSchema() {
    scimError(get(idp, "/Schemas/urn:example:nothing"), 404);
    scimError(get(idp, "/Schemas/User"), 404);
  }

  @Test
  void c08_describesEachSchemaCompletely() {
    for (JsonNode schema : get(idp, "/Schemas").json().path("Resources")) {
      String id = schema.path("id").asText();
      assertThat(schema.path("schemas"))
          .isEqualTo(Json.array().add("urn:ietf:params:scim:schemas:core:2.0:Schema"));
      assertThat(schema.path("name").asText()).as(id).isNotBlank();
      assertThat(schema.path("description").asText()).as(id).isNotBlank();
      assertThat(schema.path("attributes")).as(id).isNotEmpty();
      assertThat(schema.at("/meta/resourceType").asText()).isEqualTo("Schema");
      assertThat(schema.at("/meta/location").asText()).endsWith("/scim/v2/Schemas/" + id);
    }
  }

  @Test
  void c09_listsNoMessageAsASchema() {
    assertThat(ids(get(idp, "/Schemas").json()))
        .isNotEmpty()
        .noneMatch(it -> it.startsWith("urn:ietf:params:scim:api:messages"));
  }

  @Test
  void c10_listsTheResourceTypes() {
    JsonNode list = get(idp, "/ResourceTypes").json();

    assertThat(list.path("schemas")).isEqualTo(Json.array().add(LIST));
    assertThat(list.path("totalResults").asInt()).isEqualTo(2);
    assertThat(ids(list)).containsExactlyInAnyOrder("User", "Group");
  }

  @Test
  void c11_showsEachResourceTypeByItsName() {
    assertThat(get(idp, "/ResourceTypes/User").json().path("endpoint").asText())
        .isEqualTo("/Users");
    assertThat(get(idp, "/ResourceTypes/Group").json().path("endpoint").asText())
        .isEqualTo("/Groups");
    scimError(get(idp, "/ResourceTypes/Nothing"), 404);
  }

  @Test
  void c12_namesOnlySchemasThatItServes() {
    defineExtension(idp);
    var served = ids(get(idp, "/Schemas").json());
    for (JsonNode type : get(idp, "/ResourceTypes").json().path("Resources")) {
      assertThat(type.path("id")).isEqualTo(type.path("name"));
      assertThat(served).contains(type.path("schema").asText());
      assertThat(served).containsAll(type.path("schemaExtensions").findValuesAsText("schema"));
      assertThat(type.path("schemaExtensions")).allMatch(it -> it.path("required").isBoolean());
    }
    assertThat(get(idp, "/ResourceTypes/User").json().path("schemaExtensions"))
        .extracting(it -> it.path("schema").asText())
        .containsExactlyInAnyOrder(ENT, EXT);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "sortBy=name",
        "sortBy=id&sortOrder=descending",
        "startIndex=999",
        "count=0",
        "startIndex=2&count=1"
      })
  void c13_ignoresSortingAndPaging(String query) {
    for (String endpoint : new String[] {"/Schemas", "/ResourceTypes"}) {
      Answer plain = get(idp, endpoint);
      assertThat(plain.json().path("Resources")).isNotEmpty();
      assertThat(get(idp, endpoint + "?" + query).json()).isEqualTo(plain.json());
    }
  }

  @Test
  void c14_refusesFiltersOnTheTwoListsOnly() {
    scimError(get(idp, "/Schemas?filter=id%20pr"), 403);
    scimError(get(idp, "/ResourceTypes?filter=id%20pr"), 403);
    assertThat(get(idp, SPC + "?filter=id%20pr").status()).isEqualTo(200);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {SPC, "/Schemas", "/ResourceTypes", "/ResourceTypes/User", "/Schemas/" + GROUP})
  void c15_refusesEveryWriteEvenWithoutABody(String path) {
    for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE"}) {
      Answer answer = scimError(send(idp, method, path, null), 405);
      assertThat(answer.header("Allow")).contains("GET").doesNotContain(method);
      scimError(idp.call(method, path, Json.object()), 405);
    }
  }

  @Test
  void c16_acceptsEveryAttributeThatItPublishesAsWritable() {
    ObjectNode full = Json.object();
    JsonNode published = get(idp, "/Schemas/" + Schema.USER).json().path("attributes");
    for (JsonNode attribute : published) {
      if (attribute.path("mutability").asText().equals("readWrite")) {
        full.set(attribute.path("name").asText(), sample(attribute));
      }
    }
    full.putArray("schemas").add(Schema.USER);

    Answer created = idp.create(full);

    assertThat(created.status()).as(created.http().body()).isEqualTo(201);
    assertThat(full).hasSizeGreaterThan(15);
    full.properties()
        .forEach(it -> assertThat(created.json().path(it.getKey())).isEqualTo(it.getValue()));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "User,userName,string,false,true,readWrite,default,server",
    "User,name,complex,false,false,readWrite,default,",
    "User,name.familyName,string,false,false,readWrite,default,none",
    "User,displayName,string,false,false,readWrite,default,none",
    "User,profileUrl,reference,false,false,readWrite,default,none",
    "User,active,boolean,false,false,readWrite,default,",
    "User,password,string,false,false,writeOnly,never,none",
    "User,emails,complex,true,false,readWrite,default,",
    "User,emails.value,string,false,false,readWrite,default,none",
    "User,emails.primary,boolean,false,false,readWrite,default,",
    "User,photos.value,reference,false,false,readWrite,default,none",
    "User,addresses.country,string,false,false,readWrite,default,none",
    "User,groups,complex,true,false,readOnly,default,",
    "User,groups.value,string,false,false,readOnly,default,none",
    "User,groups.$ref,reference,false,false,readOnly,default,none",
    "User,x509Certificates.value,binary,false,false,readWrite,default,none",
    "Group,members,complex,true,false,readWrite,default,",
    "Group,members.value,string,false,false,immutable,default,none",
    "Group,members.$ref,reference,false,false,immutable,default,none",
    "Group,members.type,string,false,false,immutable,default,none",
    "Enterprise,employeeNumber,string,false,false,readWrite,default,none",
    "Enterprise,manager,complex,false,false,readWrite,default,",
    "Enterprise,manager.value,string,false,false,readWrite,default,none",
    "Enterprise,manager.displayName,string,false,false,readOnly,default,none"
  })
  void c16_publishesTheCharacteristicsOfTheStandard(
      String schema,
      String path,
      String type,
      boolean multiValued,
      boolean required,
      String mutability,
      String returned,
      String uniqueness) {
    JsonNode attribute = published(schema, path);

    assertThat(attribute.path("type").asText()).isEqualTo(type);
    assertThat(attribute.path("multiValued").asBoolean()).isEqualTo(multiValued);
    assertThat(attribute.path("required").asBoolean()).isEqualTo(required);
    assertThat(attribute.path("mutability").asText()).isEqualTo(mutability);
    assertThat(attribute.path("returned").asText()).isEqualTo(returned);
    if (uniqueness != null) {
      assertThat(attribute.path("uniqueness").asText()).isEqualTo(uniqueness);
    }
  }

  @Test
  void c16_requiresWhatItPublishesAsRequired() {
    assertThat(published("Group", "displayName").path("required").asBoolean()).isTrue();
    assertThat(published("User", "userName").path("caseExact").asBoolean(true)).isFalse();
    assertThat(published("Enterprise", "manager.value").path("caseExact").asBoolean()).isTrue();
  }

  @Test
  void c16_publishesACustomSchemaAsItWasDefinedAndTakesItsAttributes() {
    defineExtension(idp);
    Answer created = idp.create(extended("ada@example.com", "{'level':7,'code':'X'}"));

    assertThat(created.json().path(EXT)).isEqualTo(json("{'level':7,'code':'X'}"));
    JsonNode attributes = get(idp, "/Schemas/" + EXT).json().path("attributes");
    assertThat(attributes)
        .extracting(it -> it.path("name").asText())
        .contains("level", "code", "origin", "hint", "assets");
    assertThat(attributes)
        .filteredOn(it -> it.path("name").asText().equals("code"))
        .allMatch(it -> it.path("caseExact").asBoolean())
        .hasSize(1);
  }

  /**
   * The schema of schemas itself describes sub-attributes of attributes (RFC 7643 section 8.7.2).
   */
  @Test
  void c17_nestsNoComplexAttributeInAnother() {
    JsonNode schemas = get(idp, "/Schemas").json().path("Resources");

    assertThat(schemas).isNotEmpty();
    for (JsonNode schema : schemas) {
      if (!schema.path("name").asText().equals("Schema")) {
        for (JsonNode sub : schema.findValues("subAttributes")) {
          assertThat(sub).isNotEmpty().noneMatch(it -> it.path("type").asText().equals("complex"));
        }
      }
    }
  }

  @Test
  void c06_forgetsASchemaThatIsTakenBack() {
    defineExtension(idp);
    String path = "/tenants/" + idp.tenant() + "/schemas/" + EXT;

    assertThat(idp.gateway().admin("GET", path.replace("/" + EXT, ""), Json.object()).http().body())
        .contains(EXT);
    assertThat(idp.gateway().admin("DELETE", path, Json.object()).status()).isBetween(200, 204);
    scimError(get(idp, "/Schemas/" + EXT), 404);
    scimError(idp.create(extended("ada@example.com", "{'level':7}")), 400, "invalidValue");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "{'uniqueness':'server'}",
        "{'mutability':'writeOnly'}",
        "{'returned':'never'}",
        "{'type':'fraction'}",
        "{'name':'no spaces'}",
        "{'type':'complex','subAttributes':[{'name':'in','type':'complex','subAttributes':[]}]}"
      })
  void c16_refusesToPublishWhatItWouldNotEnforce(String change) {
    ObjectNode schema = extension(EXT);
    ((ArrayNode) schema.path("attributes"))
        .add(attribute("odd", "string").<JsonNode>setAll(json(change)));

    Answer answer =
        idp.gateway().admin("PUT", "/tenants/" + idp.tenant() + "/schemas/" + EXT, schema);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(total(get(idp, "/Schemas")))
        .isEqualTo(total(get(Gateway.shared().connection("standard"), "/Schemas")));
  }

  private JsonNode published(String schema, String path) {
    String urn = schema.equals("User") ? Schema.USER : schema.equals("Group") ? GROUP : ENT;
    String[] names = path.split("\\.");
    JsonNode found = named(get(idp, "/Schemas/" + urn).json().path("attributes"), names[0]);
    return names.length == 1 ? found : named(found.path("subAttributes"), names[1]);
  }

  private static JsonNode named(JsonNode attributes, String name) {
    for (JsonNode attribute : attributes) {
      if (attribute.path("name").asText().equals(name)) {
        return attribute;
      }
    }
    throw new AssertionError(name + " is not published");
  }

  private static JsonNode sample(JsonNode attribute) {
    if (attribute.path("multiValued").asBoolean()) {
      return Json.array().add(sampleOne(attribute));
    }
    return sampleOne(attribute);
  }

  private static JsonNode sampleOne(JsonNode attribute) {
    return switch (attribute.path("type").asText()) {
      case "complex" -> {
        ObjectNode value = Json.object();
        attribute
            .path("subAttributes")
            .forEach(sub -> value.set(sub.path("name").asText(), sampleOne(sub)));
        yield value;
      }
      case "boolean" -> Json.object().booleanNode(true);
      case "reference" -> Json.object().textNode("https://example.com/x");
      default -> Json.object().textNode("YWRh");
    };
  }

  private static List<String> ids(JsonNode list) {
    List<String> ids = new ArrayList<>();
    list.path("Resources").forEach(it -> ids.add(it.path("id").asText()));
    return ids;
  }
}
