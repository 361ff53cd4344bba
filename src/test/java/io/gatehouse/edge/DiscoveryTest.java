package io.gatehouse.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service says about itself, RFC 7644 section 4. */
class DiscoveryTest {

  private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:";

  private final ScimClient idp = Gateway.shared().connection("standard");

  @Test
  void saysWhatTheServiceCanDo() {
    Answer answer = get("/ServiceProviderConfig");
    JsonNode config = answer.json();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
    assertThat(config.at("/schemas/0").asText()).isEqualTo(CORE + "ServiceProviderConfig");
    for (String feature : List.of("patch", "bulk", "filter", "sort", "etag")) {
      assertThat(config.path(feature).path("supported")).as(feature).isEqualTo(json("true"));
    }
    assertThat(config.at("/changePassword/supported")).isEqualTo(json("false"));
    assertThat(config.at("/bulk/maxOperations").asInt()).isEqualTo(RequestLimits.MAX_OPERATIONS);
    assertThat(config.at("/bulk/maxPayloadSize").asInt()).isEqualTo(1_048_576);
    assertThat(config.at("/filter/maxResults").asInt()).isEqualTo(RequestLimits.MAX_RESULTS);
    assertThat(config.path("pagination"))
        .isEqualTo(
            json(
                """
                {"cursor":true,"index":true,"defaultPaginationMethod":"index","defaultPageSize":100,
                 "maxPageSize":200,"cursorTimeout":3600}
                """));
    assertThat(config.at("/authenticationSchemes/0/type").asText()).isEqualTo("oauthbearertoken");
    assertThat(config.at("/authenticationSchemes/0/name").asText()).isNotEmpty();
    assertThat(config.at("/authenticationSchemes/0/description").asText()).isNotEmpty();
    assertThat(config.path("documentationUri").asText()).startsWith("https://");
    assertLocated(config, "ServiceProviderConfig", "/ServiceProviderConfig");
  }

  @Test
  void listsTheResourceTypesWithTheirExtensions() {
    JsonNode list = get("/ResourceTypes").json();

    assertThat(list.path("totalResults").asInt()).isEqualTo(2);
    assertThat(list.at("/schemas/0").asText())
        .isEqualTo("urn:ietf:params:scim:api:messages:2.0:ListResponse");
    assertThat(list.path("Resources")).hasSize(2);
    JsonNode user = list.at("/Resources/0");
    assertThat(user.path("id").asText()).isEqualTo("User");
    assertThat(user.path("name").asText()).isEqualTo("User");
    assertThat(user.path("endpoint").asText()).isEqualTo("/Users");
    assertThat(user.path("schema").asText()).isEqualTo(Schema.USER);
    assertThat(user.path("schemaExtensions"))
        .isEqualTo(json("[{\"schema\":\"" + Schema.ENTERPRISE_USER + "\",\"required\":false}]"));
    assertLocated(user, "ResourceType", "/ResourceTypes/User");
    assertThat(get("/ResourceTypes/User").json()).isEqualTo(user);
    assertThat(get("/ResourceTypes/Group").json()).isEqualTo(list.at("/Resources/1"));
  }

  @Test
  void listsEverySchemaThatAResourceTypeNamesAndItsOwn() {
    JsonNode list = get("/Schemas").json();

    assertThat(list.path("Resources"))
        .extracting(it -> it.path("id").asText())
        .containsExactlyInAnyOrder(
            Schema.USER,
            Schema.ENTERPRISE_USER,
            Schema.GROUP,
            CORE + "ServiceProviderConfig",
            CORE + "ResourceType",
            CORE + "Schema");
    assertThat(list.path("totalResults").asInt()).isEqualTo(6);
    assertThat(list.path("itemsPerPage").asInt()).isEqualTo(6);
    for (JsonNode schema : list.path("Resources")) {
      assertThat(schema.at("/schemas/0").asText()).isEqualTo(CORE + "Schema");
      assertThat(schema.path("name").asText()).isNotEmpty();
      assertThat(schema.path("description").asText()).isNotEmpty();
      assertThat(schema.path("attributes")).isNotEmpty();
      assertLocated(schema, "Schema", "/Schemas/" + schema.path("id").asText());
    }
  }

  @Test
  void showsASchemaByItsUrnInAnyCase() {
    JsonNode user = get("/Schemas/" + Schema.USER).json();

    assertThat(user.path("id").asText()).isEqualTo(Schema.USER);
    assertThat(user.at("/attributes/0/name").asText()).isEqualTo("userName");
    assertThat(user.at("/attributes/0/required")).isEqualTo(json("true"));
    assertThat(user.at("/attributes/0/uniqueness").asText()).isEqualTo("server");
    assertThat(get("/Schemas/" + Schema.USER.toUpperCase(java.util.Locale.ROOT)).json())
        .isEqualTo(user);
  }

  /** The schema of schemas is the exception that RFC 7643 section 8.7.2 itself makes. */
  @Test
  void nestsNothingInsideOfAPart() {
    for (JsonNode schema : get("/Schemas").json().path("Resources")) {
      for (JsonNode attribute : schema.path("attributes")) {
        for (JsonNode part : attribute.path("subAttributes")) {
          boolean ofSchemas = schema.path("id").asText().equals(CORE + "Schema");
          assertThat(part.path("type").asText().equals("complex"))
              .as(attribute.path("name") + "." + part.path("name"))
              .isEqualTo(ofSchemas && part.path("name").asText().equals("subAttributes"));
        }
      }
    }
  }

  @Test
  void ignoresPagingAndSorting() {
    for (String list : List.of("/Schemas", "/ResourceTypes")) {
      assertThat(get(list + "?startIndex=999&count=0&sortBy=x&sortOrder=up&cursor=x").json())
          .as(list)
          .isEqualTo(get(list).json());
    }
  }

  @Test
  void refusesToFilterItsListsAndNothingElse() {
    assertThat(get("/Schemas?filter=id+pr").status()).isEqualTo(403);
    assertThat(get("/ResourceTypes?filter=id+pr").json().path("status").asText()).isEqualTo("403");
    assertThat(get("/ServiceProviderConfig?filter=id+pr").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/Schemas/urn:example:unknown",
        "/ResourceTypes/Device",
        "/ResourceTypes/User/x",
        "/ServiceProviderConfig/x"
      })
  void knowsNothingElse(String path) {
    assertThat(get(path).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "/ServiceProviderConfig",
    "/Schemas",
    "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User",
    "/ResourceTypes",
    "/ResourceTypes/User"
  })
  void canOnlyBeRead(String path) {
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
      Answer answer = idp.call(method, path, null);

      assertThat(answer.status()).as(method).isEqualTo(405);
      assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
      assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
    }
  }

  @Test
  void hasNoAliasForWhoAsks() {
    for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
      Answer answer = idp.call(method, "/Me", null);

      assertThat(answer.status()).as(method).isEqualTo(501);
      assertThat(answer.json().path("status").asText()).isEqualTo("501");
    }
  }

  @Test
  void needsATokenToo() {
    for (String path : List.of("/ServiceProviderConfig", "/Schemas", "/ResourceTypes", "/Me")) {
      assertThat(Gateway.shared().call("GET", "/scim/v2" + path, null, null).status())
          .as(path)
          .isEqualTo(401);
    }
  }

  private static void assertLocated(JsonNode resource, String type, String path) {
    assertThat(resource.at("/meta/resourceType").asText()).isEqualTo(type);
    assertThat(resource.at("/meta/location").asText())
        .isEqualTo(Gateway.shared().url("/scim/v2" + path));
    assertThat(resource.path("id").asText()).isNotEmpty();
  }

  private Answer get(String path) {
    return idp.call("GET", path, null);
  }

  private static JsonNode json(String text) {
    return Json.stored("{\"it\":" + text + "}").path("it");
  }
}
