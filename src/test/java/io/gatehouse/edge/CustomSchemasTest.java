package io.gatehouse.edge;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Extensions that a tenant has defined: in the admin API, in discovery, and in its users. */
class CustomSchemasTest {

  private static final String URN = "urn:example:hr:2.0:User";
  private static final String DEFINITION =
      """
      {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Schema"],"id":"urn:example:hr:2.0:User",
       "name":"HR","description":"What HR knows","resourceType":"User","attributes":[
        {"name":"badge","type":"string","caseExact":true,"mutability":"immutable"},
        {"name":"grade","type":"integer"},
        {"name":"seen","type":"dateTime","mutability":"readOnly"},
        {"name":"desks","type":"complex","multiValued":true,"subAttributes":[
          {"name":"value","required":true},{"name":"floor","type":"integer"}]}]}
      """;

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");

  @BeforeEach
  void define() {
    assertThat(put(URN, DEFINITION).status()).isEqualTo(200);
  }

  @Test
  void listsWhatIsDefinedWithEveryCharacteristic() {
    JsonNode list = gateway.admin("GET", schemas(), Json.object()).json();

    assertThat(list).hasSize(1);
    assertThat(list.at("/0/id").asText()).isEqualTo(URN);
    assertThat(list.at("/0/resourceType").asText()).isEqualTo("User");
    assertThat(list.at("/0/required").isBoolean()).isTrue();
    assertThat(list.at("/0/attributes/1"))
        .isEqualTo(
            Json.stored(
                """
                {"name":"grade","type":"integer","multiValued":false,"description":"","required":false,
                 "caseExact":false,"mutability":"readWrite","returned":"default","uniqueness":"none"}
                """));
  }

  @Test
  void publishesWhatIsDefinedToThisTenantOnly() {
    JsonNode schema = idp.call("GET", "/Schemas/" + URN, null).json();
    JsonNode extensions =
        idp.call("GET", "/ResourceTypes/User", null).json().path("schemaExtensions");
    ScimClient stranger = gateway.connection("standard");

    assertThat(schema.at("/attributes/0/mutability").asText()).isEqualTo("immutable");
    assertThat(schema.at("/meta/resourceType").asText()).isEqualTo("Schema");
    assertThat(extensions.at("/1"))
        .isEqualTo(Json.object().put("schema", URN).put("required", false));
    assertThat(stranger.call("GET", "/Schemas/" + URN, null).status()).isEqualTo(404);
    assertThat(stranger.create(employee("1", 7)).json().path("scimType").asText())
        .isEqualTo("invalidValue");
  }

  @Test
  void keepsValuesThroughPostPutAndPatch() {
    Answer created = idp.create(employee("B-1", 7));
    UUID ada = created.id();
    ObjectNode promoted = employee("B-1", 8);
    ((ObjectNode) promoted.path(URN)).put("SEEN", "2020-01-01T00:00:00Z").put("unknown", 1);

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().path(URN))
        .isEqualTo(Json.object().put("badge", "B-1").put("grade", 7));
    assertThat(created.json().path("schemas").toString()).contains(URN);
    assertThat(idp.replace(ada, promoted).json().path(URN))
        .isEqualTo(Json.object().put("badge", "B-1").put("grade", 8));
    Answer patched =
        idp.patch(
            ada,
            """
            {"op":"add","path":"urn:example:hr:2.0:User:desks","value":[{"value":"A1","floor":3}]}
            """);
    assertThat(patched.json().path(URN).at("/desks/0"))
        .isEqualTo(Json.object().put("value", "A1").put("floor", 3));
    assertThat(idp.get(ada).json()).isEqualTo(patched.json());
  }

  @Test
  void enforcesWhatItPublishes() {
    UUID ada = idp.create(employee("B-1", 7)).id();
    ObjectNode wrongType = employee("B-2", 7);
    ((ObjectNode) wrongType.path(URN)).put("grade", "seven");
    ObjectNode noDesk = user("grace@example.com");
    noDesk.putObject(URN).putArray("desks").addObject().put("floor", 1);
    String setSeen =
        "{\"op\":\"add\",\"path\":\"" + URN + ":seen\",\"value\":\"2020-01-01T00:00:00Z\"}";

    assertThat(scimType(idp.create(wrongType))).isEqualTo("invalidValue");
    assertThat(scimType(idp.create(noDesk))).isEqualTo("invalidValue");
    assertThat(scimType(idp.patch(ada, setSeen))).isEqualTo("mutability");
  }

  @Test
  void neverChangesWhatIsImmutable() {
    UUID ada = idp.create(employee("B-1", 7)).id();
    ObjectNode silent = user("ada@example.com");
    String other = "{\"op\":\"replace\",\"path\":\"" + URN + ":badge\",\"value\":\"B-2\"}";
    String none = "{\"op\":\"remove\",\"path\":\"" + URN + "\"}";

    assertThat(scimType(idp.replace(ada, employee("B-2", 7)))).isEqualTo("mutability");
    assertThat(scimType(idp.patch(ada, other))).isEqualTo("mutability");
    assertThat(scimType(idp.patch(ada, none))).isEqualTo("mutability");
    assertThat(idp.replace(ada, silent).json().path(URN))
        .isEqualTo(Json.object().put("badge", "B-1"));
  }

  @Test
  void setsLaterWhatIsImmutableAndNotSet() {
    UUID ada = idp.create(user("ada@example.com")).id();

    Answer patched =
        idp.patch(ada, "{\"op\":\"add\",\"path\":\"" + URN + ":badge\",\"value\":\"B-1\"}");

    assertThat(patched.json().path(URN).path("badge").asText()).isEqualTo("B-1");
  }

  @Test
  void requiresAnExtensionThatIsRequired() {
    ObjectNode required = Json.stored(DEFINITION).put("required", true);
    put(URN, Json.text(required));

    assertThat(scimType(idp.create(user("ada@example.com")))).isEqualTo("invalidValue");
    assertThat(idp.create(employee("B-1", 7)).status()).isEqualTo(201);
    assertThat(idp.call("GET", "/ResourceTypes/User", null).json().at("/schemaExtensions/1"))
        .isEqualTo(Json.object().put("schema", URN).put("required", true));
  }

  /** The profile says what a subscriber may see; an extension is not in it. */
  @Test
  void announcesAChangeWithoutShowingWhatTheProfileHides() throws Exception {
    Answer subscription = gateway.subscription(idp.tenant(), "training");
    UUID ada = idp.create(employee("B-1", 7)).id();
    idp.replace(ada, employee("B-1", 8));

    try (Subscriber training = Subscriber.of(subscription)) {
      ObjectNode created = training.next();
      ObjectNode updated = training.next();

      assertThat(created.path("type").asText()).isEqualTo("gatehouse.user.created.v1");
      assertThat(updated.path("type").asText()).isEqualTo("gatehouse.user.updated.v1");
      assertThat(updated.path("resourceversion").asText()).isEqualTo("2");
      assertThat(created.toString() + updated).doesNotContain("B-1", "grade");
    }
  }

  @Test
  void refusesADefinitionThatItCannotEnforceWithAProblem() {
    Answer unique = put(URN, DEFINITION.replace("\"immutable\"", "\"writeOnly\""));
    Answer reserved =
        put("urn:ietf:params:scim:schemas:core:2.0:User", DEFINITION.replace(URN, "x"));
    Answer elsewhere = put("urn:example:other", DEFINITION);
    Answer twice = put(URN, "{\"name\":\"a\",\"name\":\"b\"}");
    Answer broken = put(URN, "[");

    for (Answer answer : new Answer[] {unique, reserved, elsewhere, twice, broken}) {
      assertThat(answer.status()).as(answer.http().body()).isEqualTo(400);
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(answer.json().path("detail").asText()).isNotEmpty();
    }
    assertThat(unique.json().path("detail").asText()).contains("badge", "writeOnly");
    assertThat(gateway.admin("GET", schemas(), Json.object()).json().at("/0/attributes"))
        .hasSize(4);
  }

  @Test
  void knowsNoSchemasOfATenantThatDoesNotExist() {
    assertThat(gateway.admin("GET", "/tenants/nobody/schemas", Json.object()).status())
        .isEqualTo(404);
    assertThat(
            gateway
                .call(
                    "PUT",
                    "/admin/api/v1/tenants/nobody/schemas/" + URN,
                    Gateway.ADMIN_TOKEN,
                    DEFINITION)
                .status())
        .isEqualTo(404);
  }

  @Test
  void isClosedWithoutTheAdminToken() {
    String path = "/admin/api/v1" + schemas() + "/" + URN;

    assertThat(gateway.call("PUT", path, idp.token(), DEFINITION).status()).isEqualTo(401);
    assertThat(gateway.call("DELETE", path, null, null).status()).isEqualTo(401);
  }

  @Test
  void endsADefinitionAndAuditsBoth() {
    String path = schemas() + "/" + URN.toUpperCase(java.util.Locale.ROOT);

    assertThat(gateway.admin("DELETE", path, Json.object()).status()).isEqualTo(204);
    assertThat(gateway.admin("DELETE", path, Json.object()).status()).isEqualTo(404);
    assertThat(idp.call("GET", "/Schemas/" + URN, null).status()).isEqualTo(404);
    assertThat(
            gateway
                .bean(JdbcClient.class)
                .sql(
                    """
                    select action from audit_entry
                     where tenant_id = (select id from tenant where slug = ?) and action like 'schema.%'
                     order by id
                    """)
                .param(idp.tenant())
                .query(String.class)
                .list())
        .containsExactly("schema.define", "schema.remove");
  }

  private String schemas() {
    return "/tenants/" + idp.tenant() + "/schemas";
  }

  private Answer put(String urn, String definition) {
    return gateway.call(
        "PUT", "/admin/api/v1" + schemas() + "/" + urn, Gateway.ADMIN_TOKEN, definition);
  }

  private static String scimType(Answer answer) {
    assertThat(answer.status()).isEqualTo(400);
    return answer.json().path("scimType").asText();
  }

  private static ObjectNode employee(String badge, int grade) {
    ObjectNode ada = user("ada@example.com");
    ada.withArray("schemas").add(URN);
    ada.putObject(URN).put("badge", badge).put("grade", grade);
    return ada;
  }
}
