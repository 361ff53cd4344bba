package io.gatehouse.edge;

import static io.gatehouse.conformance.Scim.ENT;
import static io.gatehouse.conformance.Scim.EXT;
import static io.gatehouse.conformance.Scim.bulk;
import static io.gatehouse.conformance.Scim.createGroup;
import static io.gatehouse.conformance.Scim.defineExtension;
import static io.gatehouse.conformance.Scim.extended;
import static io.gatehouse.conformance.Scim.find;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.group;
import static io.gatehouse.conformance.Scim.json;
import static io.gatehouse.conformance.Scim.names;
import static io.gatehouse.conformance.Scim.operationError;
import static io.gatehouse.conformance.Scim.patch;
import static io.gatehouse.conformance.Scim.patchOf;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.search;
import static io.gatehouse.conformance.Scim.send;
import static io.gatehouse.conformance.Scim.total;
import static io.gatehouse.conformance.Scim.values;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Everything that SCIM serves, asked for with a token that may not see it: of another tenant, and
 * of another connection of the same tenant.
 */
class TenantIsolationTest {

  private static final String TITLE = "{'op':'add','path':'title','value':'stolen'}";

  private final ScimClient owner = Gateway.shared().connection("standard");
  private final ScimClient otherTenant = Gateway.shared().connection("standard");
  private final ScimClient otherConnection =
      Gateway.shared().connection(owner.tenant(), "standard");

  private UUID ada;
  private UUID admins;

  /** Whose token is used. */
  enum Stranger {
    OF_ANOTHER_TENANT,
    OF_ANOTHER_CONNECTION
  }

  @BeforeEach
  void anOwnerWithAUserAGroupAndASchema() {
    defineExtension(owner);
    ObjectNode secret = extended("ada@example.com", "{'code':'s3cret'}").put("externalId", "E-1");
    ada = owner.create(secret.put("title", "s3cret")).id();
    admins = createGroup(owner, "Admins", ada).id();
  }

  private ScimClient client(Stranger stranger) {
    return stranger == Stranger.OF_ANOTHER_TENANT ? otherTenant : otherConnection;
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void refusesEveryVerbOnAForeignId(Stranger stranger) {
    ScimClient client = client(stranger);
    for (String path : List.of("/Users/" + ada, "/Groups/" + admins)) {
      ObjectNode body = path.startsWith("/U") ? user("stolen@example.com") : group("Stolen");
      Answer before = get(owner, path);
      scimError(get(client, path), 404);
      assertThat(send(client, "HEAD", path, null).status()).isEqualTo(404);
      scimError(send(client, "GET", path, null, "If-None-Match", before.header("ETag")), 404);
      scimError(client.call("PUT", path, body), 404);
      scimError(patch(client, path, "{'op':'add','path':'externalId','value':'stolen'}"), 404);
      scimError(client.call("DELETE", path, null), 404);
      scimError(send(client, "DELETE", path, null, "If-Match", before.header("ETag")), 404);
      scimError(send(client, "DELETE", path, null, "If-Match", "W/\"99\""), 404);
      assertThat(get(owner, path).json()).isEqualTo(before.json());
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void saysTheSameOfAForeignIdAsOfNone(Stranger stranger) {
    UUID nobody = UUID.randomUUID();

    assertThat(client(stranger).get(ada).http().body().replace(ada.toString(), nobody.toString()))
        .isEqualTo(client(stranger).get(nobody).http().body());
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void listsNothingForeign(Stranger stranger) {
    ScimClient client = client(stranger);
    for (String path :
        List.of(
            "/Users",
            "/Users?count=0",
            "/Users?sortBy=userName&sortOrder=descending",
            "/Users?attributes=title",
            "/Users?cursor",
            "/Groups",
            "/Groups?sortBy=displayName",
            "/Groups?cursor=",
            "/")) {
      Answer list = get(client, path);
      assertThat(total(list)).as(path).isZero();
      assertThat(list.json().path("Resources")).as(path).isEmpty();
      assertThat(list.json().has("nextCursor")).as(path).isFalse();
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void findsNothingForeign(Stranger stranger) {
    ScimClient client = client(stranger);
    for (String filter :
        List.of(
            "userName eq \"ada@example.com\"",
            "externalId eq \"E-1\"",
            "id eq \"" + ada + "\"",
            "title eq \"s3cret\"",
            "title co \"3\" or not (title co \"3\")",
            "emails[type eq \"work\"]",
            "groups.value eq \"" + admins + "\"",
            "meta.created gt \"2000-01-01T00:00:00Z\"")) {
      assertThat(total(find(client, "/Users", filter))).as(filter).isZero();
      assertThat(total(search(client, "/Users/.search", searchFor(filter)))).as(filter).isZero();
    }
    for (String filter :
        List.of("displayName eq \"admins\"", "members.value eq \"" + ada + "\"", "id pr")) {
      assertThat(total(find(client, "/Groups", filter))).as(filter).isZero();
      assertThat(total(search(client, "/Groups/.search", searchFor(filter)))).as(filter).isZero();
    }
    assertThat(total(search(client, "/.search", searchFor("id pr")))).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void changesNothingForeignByBulk(Stranger stranger) {
    ScimClient client = client(stranger);
    String user = "'path':'/Users/" + ada + "'";
    String group = "'path':'/Groups/" + admins + "'";
    Answer before = owner.get(ada);
    Answer answer =
        bulk(
            client,
            "{'method':'PUT'," + user + ",'data':" + user("stolen@example.com") + "}",
            "{'method':'PATCH'," + user + ",'data':" + patchOf(TITLE) + "}",
            "{'method':'DELETE'," + user + "}",
            "{'method':'PUT'," + group + ",'data':" + group("Stolen") + "}",
            "{'method':'DELETE'," + group + "}");

    assertThat(answer.json().path("Operations")).hasSize(5);
    answer.json().path("Operations").forEach(it -> operationError(it, 404, null));
    assertThat(owner.get(ada).json()).isEqualTo(before.json());
    assertThat(get(owner, "/Groups/" + admins).status()).isEqualTo(200);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void letsNobodyForeignBecomeAMember(Stranger stranger) {
    ScimClient client = client(stranger);
    UUID theirs = createGroup(client, "Theirs").id();
    for (UUID foreign : List.of(ada, admins)) {
      String add = "{'op':'add','path':'members','value':[{'value':'" + foreign + "'}]}";
      String replace = add.replace("'add'", "'replace'");
      scimError(createGroup(client, "More", foreign), 400, "invalidValue");
      scimError(patch(client, "/Groups/" + theirs, add), 400, "invalidValue");
      scimError(patch(client, "/Groups/" + theirs, replace), 400, "invalidValue");
      scimError(
          client.call("PUT", "/Groups/" + theirs, group("Theirs", foreign)), 400, "invalidValue");
    }
    assertThat(get(client, "/Groups/" + theirs).json().path("members")).isEmpty();
    assertThat(values(owner.get(ada).json().path("groups"))).containsExactly(admins.toString());
  }

  /** Any text may be the id of a manager, so it is kept; what it points at must not show. */
  @ParameterizedTest(name = "{0}")
  @EnumSource
  void showsNothingOfAForeignManager(Stranger stranger) {
    ScimClient client = client(stranger);
    patch(owner, "/Users/" + ada, "{'op':'add','path':'displayName','value':'s3cret'}");
    ObjectNode eve = user("eve@example.com");
    eve.set(ENT, json("{'manager':{'value':'" + ada + "'}}"));

    Answer created = client.create(eve);

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().path(ENT).path("manager").has("displayName")).isFalse();
    assertThat(client.get(created.id()).http().body()).doesNotContain("s3cret");
    assertThat(total(find(client, "/Users", ENT + ":manager.displayName pr"))).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void followsNoForeignCursor(Stranger stranger) {
    owner.create(user("bob@example.com"));
    createGroup(owner, "Staff");
    ScimClient client = client(stranger);
    for (String endpoint : List.of("/Users", "/Groups")) {
      String cursor = get(owner, endpoint + "?cursor&count=1").json().path("nextCursor").asText();
      assertThat(cursor).isNotEmpty();
      scimError(get(client, endpoint + "?count=1&cursor=" + cursor), 400, "invalidCursor");
      scimError(
          search(client, endpoint + "/.search", "{'count':1,'cursor':'" + cursor + "'}"),
          400,
          "invalidCursor");
      assertThat(get(owner, endpoint + "?count=1&cursor=" + cursor).status()).isEqualTo(200);
    }
  }

  @Test
  void knowsTheSchemasOfItsOwnTenantOnly() {
    scimError(get(otherTenant, "/Schemas/" + EXT), 404);
    assertThat(get(otherTenant, "/Schemas").http().body()).doesNotContain(EXT, "s3cret");
    assertThat(get(otherTenant, "/ResourceTypes").http().body()).doesNotContain(EXT);
    scimError(find(otherTenant, "/Users", EXT + ":code pr"), 400, "invalidFilter");
    scimError(find(otherTenant, "/Users", "code pr"), 400, "invalidFilter");
    scimError(get(otherTenant, "/Users?sortBy=" + EXT + ":code"), 400, "invalidPath");
    scimError(otherTenant.create(extended("eve@example.com", "{'code':'x'}")), 400, "invalidValue");
    String eve = "/Users/" + otherTenant.create(user("eve@example.com")).id();
    scimError(
        patch(otherTenant, eve, "{'op':'add','path':'" + EXT + ":code','value':'x'}"),
        400,
        "invalidPath");
  }

  @Test
  void sharesTheSchemasOfATenantAmongItsConnections() {
    assertThat(get(otherConnection, "/Schemas/" + EXT).status()).isEqualTo(200);
    assertThat(total(find(otherConnection, "/Users", "code eq \"s3cret\""))).isZero();
    assertThat(otherConnection.create(extended("eve@example.com", "{'code':'x'}")).status())
        .isEqualTo(201);
  }

  @Test
  void givesTheSameNamesToEachTenant() {
    assertThat(otherTenant.create(user("ada@example.com").put("externalId", "E-1")).status())
        .isEqualTo(201);
    assertThat(createGroup(otherTenant, "Admins").status()).isEqualTo(201);
    assertThat(names(get(otherTenant, "/Users"))).containsExactly("ada@example.com");
    assertThat(names(get(owner, "/Users"))).containsExactly("ada@example.com");
  }

  /** A userName is unique in its tenant, so this refusal tells that somebody has it, not who. */
  @Test
  void keepsUserNamesUniqueInATenantWithoutShowingTheirHolder() {
    Answer refused = scimError(otherConnection.create(user("ADA@example.com")), 409, "uniqueness");

    assertThat(refused.http().body()).doesNotContain(ada.toString(), owner.connection(), "s3cret");
    assertThat(createGroup(otherConnection, "Admins").status()).isEqualTo(201);
  }

  private static String searchFor(String filter) {
    return Json.text(Json.object().put("filter", filter));
  }
}
