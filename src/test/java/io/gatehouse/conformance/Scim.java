package io.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The words and the errors of SCIM that the conformance tests have in common. */
public final class Scim {

  public static final String MEDIA_TYPE = "application/scim+json";
  public static final String ENT = Schema.ENTERPRISE_USER;
  public static final String GROUP = Schema.GROUP;
  public static final String ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";
  public static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
  public static final String SEARCH = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";
  public static final String BULK = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
  public static final String BULK_ANSWER = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

  /** The extension of {@link #defineExtension}. */
  public static final String EXT = "urn:example:params:scim:schemas:extension:trial:2.0:User";

  /** Filters and paths are full of double quotes, so that test data is easier read with single. */
  private static final ObjectMapper RELAXED =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private Scim() {}

  /** An object whose strings may stand in single quotes. */
  public static ObjectNode json(String relaxed) {
    try {
      return (ObjectNode) RELAXED.readTree(relaxed);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ObjectNode userWith(String userName, String more) {
    return ScimClient.user(userName).setAll(json(more));
  }

  public static void people(ScimClient idp, String... userNames) {
    for (String userName : userNames) {
      assertThat(idp.create(ScimClient.user(userName)).status()).isEqualTo(201);
    }
  }

  /** The path of a new user, Ada Lovelace. */
  public static String ada(ScimClient idp) {
    Answer created = idp.create(ScimClient.user("ada@example.com"));
    assertThat(created.status()).isEqualTo(201);
    return "/Users/" + created.id();
  }

  /** Ada after these operations, which must succeed. */
  public static JsonNode patched(ScimClient idp, String... operations) {
    String ada = ada(idp);
    Answer answer = patch(idp, ada, operations);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    assertThat(get(idp, ada).json()).isEqualTo(answer.json());
    return answer.json();
  }

  /** Holds a resource to some of its members; {@code ENT} stands for the enterprise extension. */
  public static void shows(JsonNode resource, String expected) {
    json(expected.replace("ENT", ENT))
        .properties()
        .forEach(it -> assertThat(resource.path(it.getKey())).isEqualTo(it.getValue()));
  }

  public static ObjectNode group(String displayName, UUID... members) {
    ObjectNode group = Json.object();
    group.putArray("schemas").add(GROUP);
    group.put("displayName", displayName);
    if (members.length > 0) {
      ArrayNode list = group.putArray("members");
      for (UUID member : members) {
        list.addObject().put("value", member.toString());
      }
    }
    return group;
  }

  public static Answer createGroup(ScimClient idp, String displayName, UUID... members) {
    return idp.call("POST", "/Groups", group(displayName, members));
  }

  public static ObjectNode patchOf(String... operations) {
    return message(PatchOperation.PATCH_OP, operations);
  }

  public static Answer patch(ScimClient idp, String path, String... operations) {
    return idp.call("PATCH", path, patchOf(operations));
  }

  public static Answer bulk(ScimClient idp, String... operations) {
    return idp.call("POST", "/Bulk", message(BULK, operations));
  }

  private static ObjectNode message(String schema, String... operations) {
    ObjectNode message = Json.object();
    message.putArray("schemas").add(schema);
    ArrayNode list = message.putArray("Operations");
    for (String operation : operations) {
      list.add(json(operation));
    }
    return message;
  }

  public static Answer search(ScimClient idp, String path, String more) {
    ObjectNode message = Json.object();
    message.putArray("schemas").add(SEARCH);
    return idp.call("POST", path, message.setAll(json(more)));
  }

  public static Answer get(ScimClient idp, String path) {
    return idp.call("GET", path, null);
  }

  public static Answer find(ScimClient idp, String endpoint, String filter) {
    return get(idp, endpoint + "?filter=" + encoded(filter));
  }

  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A call with exactly these headers, given as name and value in turn, and the token if any. */
  public static Answer send(
      ScimClient idp, String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(idp.gateway().url("/scim/v2" + path)))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (idp.token() != null) {
      request.header("Authorization", "Bearer " + idp.token());
    }
    return idp.gateway().send(request.build());
  }

  /** The same connection as seen by somebody who has another token, or none. */
  public static ScimClient withToken(ScimClient idp, String token) {
    return new ScimClient(idp.gateway(), idp.tenant(), idp.connection(), token);
  }

  public static int total(Answer list) {
    assertThat(list.status()).as(list.http().body()).isEqualTo(200);
    return list.json().path("totalResults").intValue();
  }

  /** The userNames, or of groups the displayNames, in the order of the list. */
  public static List<String> names(Answer list) {
    assertThat(list.status()).as(list.http().body()).isEqualTo(200);
    List<String> names = new ArrayList<>();
    for (JsonNode it : list.json().path("Resources")) {
      names.add(it.path(it.has("userName") ? "userName" : "displayName").asText());
    }
    return names;
  }

  public static List<String> values(JsonNode elements) {
    return elements.findValuesAsText("value");
  }

  public static List<String> keys(JsonNode object) {
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  public static Answer scimError(Answer answer, int status) {
    return scimError(answer, status, null);
  }

  /** Holds an error to every rule of RFC 7644 section 3.12 at once. */
  public static Answer scimError(Answer answer, int status, String scimType) {
    String body = answer.http().body();
    assertThat(answer.status()).as(body).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo(MEDIA_TYPE);
    error(answer.json(), status, scimType);
    return answer;
  }

  /** Holds the entry of a failed bulk operation to RFC 7644 section 3.7.3. */
  public static void operationError(JsonNode operation, int status, String scimType) {
    assertThat(operation.path("status").textValue())
        .as(operation.toString())
        .isEqualTo(String.valueOf(status));
    error(operation.path("response"), status, scimType);
  }

  private static void error(JsonNode body, int status, String scimType) {
    assertThat(body.path("schemas")).as(body.toString()).isEqualTo(Json.array().add(ERROR));
    assertThat(body.path("status").textValue()).isEqualTo(String.valueOf(status));
    assertThat(body.path("scimType").textValue()).as(body.toString()).isEqualTo(scimType);
    assertThat(body.path("detail").asText()).isNotBlank();
  }

  /** Gives the tenant an extension of User that has each type and each characteristic. */
  public static void defineExtension(ScimClient idp) {
    ObjectNode schema = extension(EXT);
    ArrayNode attributes = (ArrayNode) schema.path("attributes");
    attributes
        .add(attribute("level", "integer"))
        .add(attribute("ratio", "decimal"))
        .add(attribute("since", "dateTime"))
        .add(attribute("badge", "binary").put("caseExact", true))
        .add(attribute("remote", "boolean"))
        .add(attribute("note", "string"))
        .add(attribute("code", "string").put("caseExact", true))
        .add(attribute("origin", "string").put("mutability", "immutable"))
        .add(attribute("serial", "string").put("mutability", "readOnly"))
        .add(attribute("hint", "string").put("returned", "request"))
        .add(attribute("label", "string").put("returned", "always"));
    ObjectNode manual = attribute("manual", "reference").put("caseExact", true);
    manual.putArray("referenceTypes").add("external");
    ObjectNode assets = attribute("assets", "complex").put("multiValued", true);
    assets.remove(List.of("caseExact", "uniqueness"));
    assets
        .putArray("subAttributes")
        .add(attribute("value", "string").put("caseExact", true))
        .add(attribute("type", "string"))
        .add(attribute("weight", "integer"))
        .add(attribute("primary", "boolean"));
    attributes.add(manual).add(assets);
    define(idp, schema);
  }

  public static ObjectNode extension(String urn) {
    ObjectNode schema = json("{'name':'Trial','description':'A trial.','resourceType':'User'}");
    schema.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:Schema");
    schema.put("id", urn).putArray("attributes");
    return schema;
  }

  public static void define(ScimClient idp, ObjectNode schema) {
    String path = "/tenants/" + idp.tenant() + "/schemas/" + schema.path("id").asText();
    Answer defined = idp.gateway().admin("PUT", path, schema);
    assertThat(defined.status()).as(defined.http().body()).isBetween(200, 204);
  }

  public static ObjectNode attribute(String name, String type) {
    return json("""
            {'multiValued':false,'required':false,'caseExact':false,'mutability':'readWrite',
             'returned':'default','uniqueness':'none'}""")
        .put("name", name)
        .put("type", type)
        .put("description", "The " + name + ".");
  }

  /** A user with these attributes of the extension. */
  public static ObjectNode extended(String userName, String attributes) {
    ObjectNode user = ScimClient.user(userName);
    user.withArray("schemas").add(EXT);
    user.set(EXT, json(attributes));
    return user;
  }
}
