package io.gatehouse.edge;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.directory.Directory;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import io.gatehouse.tenant.BearerToken;
import io.gatehouse.tenant.Connections;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Users who were managed by hand are linked to the IdP's users. */
class LinkingTest {

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("entra");

  @Test
  void linksAnUnmanagedUserOfTheSameUserName() {
    UUID ada = unmanaged("Ada@Example.com");

    Answer provisioned = idp.create(user("ada@example.com").put("title", "Countess"));

    assertThat(provisioned.status()).isEqualTo(201);
    assertThat(provisioned.id()).isEqualTo(ada);
    assertThat(provisioned.json().path("title").asText()).isEqualTo("Countess");
    assertThat(idp.get(ada).status()).isEqualTo(200);
  }

  @Test
  void linksAnUnmanagedUserOfTheSameWorkEmail() {
    UUID ada = unmanaged("ada.by.hand", "ADA@example.com");

    assertThat(idp.create(user("ada@example.com")).id()).isEqualTo(ada);
    assertThat(idp.get(ada).json().path("userName").asText()).isEqualTo("ada@example.com");
  }

  @Test
  void comparesNamesInTheirNormalForm() {
    UUID ada = unmanaged("\u00e5da@example.com");

    assertThat(idp.create(user("A\u030ada@example.com")).id()).isEqualTo(ada);
  }

  @Test
  void linksNobodyOfAnotherNameAndEmail() {
    UUID ada = unmanaged("ada@example.com");

    assertThat(idp.create(user("grace@example.com")).id()).isNotEqualTo(ada);
  }

  @Test
  void doesNotTakeAPrivateEmailForAWorkEmail() {
    ObjectNode byHand = user("ada.by.hand");
    byHand.withArray("emails").addObject().put("value", "grace@example.com").put("type", "home");
    UUID ada = add(byHand).id();

    assertThat(idp.create(user("grace@example.com")).id()).isNotEqualTo(ada);
  }

  @Test
  void linksNobodyOfAnotherTenant() {
    UUID ada = unmanaged("ada@example.com");

    Answer elsewhere = gateway.connection("entra").create(user("ada@example.com"));

    assertThat(elsewhere.status()).isEqualTo(201);
    assertThat(elsewhere.id()).isNotEqualTo(ada);
  }

  @Test
  void announcesTheLinkWithWhatChanged() throws Exception {
    try (Subscriber training = Subscriber.of(gateway.subscription(idp.tenant(), "training"))) {
      UUID ada = unmanaged("ada@example.com");
      idp.create(user("ada@example.com").put("title", "Countess"));

      List<ObjectNode> events = training.all();
      assertThat(events)
          .extracting(it -> it.path("type").asText())
          .containsExactly("gatehouse.user.created.v1", "gatehouse.user.linked.v1");
      ObjectNode linked = events.get(1);
      assertThat(events.get(0).at("/data/lifecycle/state").asText()).isEqualTo("unmanaged");
      assertThat(linked.at("/data/id").asText()).isEqualTo(ada.toString());
      assertThat(linked.path("resourceversion").asText()).isEqualTo("2");
      assertThat(linked.at("/data/lifecycle/state").asText()).isEqualTo("active");
      assertThat(linked.at("/data/changes"))
          .contains(Json.stored("{\"path\":\"title\",\"op\":\"add\",\"new\":\"Countess\"}"));
    }
  }

  @Test
  void keepsTheEnrolmentOfWhoIsLinked() {
    UUID ada = unmanaged("ada@example.com");
    gateway.admin("POST", "/users/" + ada + "/enrol", null);
    idp.create(user("ada@example.com"));

    assertThat(gateway.admin("GET", "/users/" + ada, null).json().path("enrolled").asBoolean())
        .isTrue();
  }

  @Test
  void deactivatesWhoIsLinkedInactive() {
    UUID ada = unmanaged("ada@example.com");
    idp.create(user("ada@example.com").put("active", false));

    var seen = gateway.admin("GET", "/users/" + ada, null).json();
    assertThat(seen.path("state").asText()).isEqualTo("deactivated");
    assertThat(seen.has("purgeAfter")).isTrue();
  }

  @Test
  void refusesAndRecordsWhenTwoMayBeMeant() {
    UUID byName = unmanaged("ada@example.com", "other@example.com");
    UUID byEmail = unmanaged("ada.by.hand", "ada@example.com");

    Answer refused = idp.create(user("ada@example.com"));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("scimType").asText()).isEqualTo("uniqueness");
    assertThat(refused.http().body()).doesNotContain("ada");
    var conflict = conflicts().json().path(0);
    assertThat(conflict.path("userName").asText()).isEqualTo("ada@example.com");
    assertThat(conflict.path("candidates"))
        .extracting(it -> UUID.fromString(it.asText()))
        .containsExactlyInAnyOrder(byName, byEmail);
    assertThat(idp.get(byName).status()).isEqualTo(404);
    assertThat(idp.get(byEmail).status()).isEqualTo(404);
  }

  @Test
  void linksTheOneWhomAnAdministratorHasChosen() {
    UUID byName = unmanaged("ada@example.com", "other@example.com");
    UUID byEmail = unmanaged("ada.by.hand", "ada@example.com");
    idp.create(user("ada@example.com"));

    assertThat(choose(byName).status()).isEqualTo(204);
    Answer linked = idp.create(user("ada@example.com"));

    assertThat(linked.status()).isEqualTo(201);
    assertThat(linked.id()).isEqualTo(byName).isNotEqualTo(byEmail);
    assertThat(conflicts().json()).isEmpty();
  }

  @Test
  void choosesNobodyWhoIsNoCandidate() {
    unmanaged("ada@example.com", "other@example.com");
    unmanaged("ada.by.hand", "ada@example.com");
    UUID stranger = unmanaged("grace@example.com");
    idp.create(user("ada@example.com"));

    assertThat(choose(stranger).status()).isEqualTo(400);
    assertThat(idp.create(user("ada@example.com")).status()).isEqualTo(409);
  }

  @Test
  void neverTakesTheUserOfAnotherConnection() {
    UUID ada = idp.create(user("ada@example.com")).id();
    ScimClient okta = gateway.connection(idp.tenant(), "okta");

    assertThat(okta.create(user("ADA@example.com")).status()).isEqualTo(409);

    assertThat(idp.get(ada).status()).isEqualTo(200);
    assertThat(okta.get(ada).status()).isEqualTo(404);
    var conflict = conflicts().json().path(0);
    assertThat(conflict.path("connection").asText()).isEqualTo(okta.connection());
    assertThat(conflict.at("/candidates/0").asText()).isEqualTo(ada.toString());
  }

  @Test
  void doesNotMindTheEmailOfAManagedUser() {
    idp.create(user("ada@example.com"));
    ObjectNode other = user("ada.lovelace");
    other.withArray("emails").removeAll().addObject().put("value", "ada@example.com");

    assertThat(idp.create(other).status()).isEqualTo(201);
  }

  @Test
  void refusesInsteadOfLinkingWhenLinkingIsOff() {
    ObjectNode off = Json.object();
    off.putObject("settings").put("linking", "off");
    gateway.admin("PATCH", "/connections/" + idp.connection(), off);
    UUID ada = unmanaged("ada.by.hand", "ada@example.com");

    assertThat(idp.create(user("ada@example.com")).status()).isEqualTo(409);
    assertThat(idp.create(user("grace@example.com")).status()).isEqualTo(201);
    assertThat(idp.get(ada).status()).isEqualTo(404);
    assertThat(conflicts().json()).hasSize(1);
  }

  @Test
  void linksWhomAnAdministratorHasChosenThoughLinkingIsOff() {
    ObjectNode off = Json.object();
    off.putObject("settings").put("linking", "off");
    gateway.admin("PATCH", "/connections/" + idp.connection(), off);
    UUID ada = unmanaged("ada@example.com");
    idp.create(user("ada@example.com"));

    assertThat(choose(ada).status()).isEqualTo(204);

    assertThat(idp.create(user("ada@example.com")).id()).isEqualTo(ada);
  }

  @Test
  void closesAConflictWhenTheNewcomerIsThere() {
    unmanaged("ada@example.com", "other@example.com");
    UUID byEmail = unmanaged("ada.by.hand", "ada@example.com");
    idp.create(user("ada@example.com"));
    assertThat(conflicts().json()).hasSize(1);

    gateway.admin("DELETE", "/users/" + byEmail, null);
    assertThat(idp.create(user("ada@example.com")).status()).isEqualTo(201);

    assertThat(conflicts().json()).isEmpty();
  }

  @Test
  void linksNobodyInOneBatchEitherWhenLinkingIsOff() {
    ObjectNode off = Json.object();
    off.putObject("settings").put("linking", "off");
    gateway.admin("PATCH", "/connections/" + idp.connection(), off);
    Caller entra =
        gateway.bean(Connections.class).holder(new BearerToken(idp.token())).orElseThrow().caller();
    Caller admin = Caller.admin(entra.tenant(), entra.tenantSlug());

    List<Directory.Applied> applied =
        gateway.bean(Directory.class).apply(List.of(create(admin), create(entra)));

    assertThat(applied).extracting(it -> it.outcome().status()).containsExactly(201, 409);
  }

  private static Envelope create(Caller caller) {
    Instant now = Instant.now();
    CommandId id = CommandId.next(now);
    ObjectNode joan = user("joan").put("active", true);
    return new Envelope(
        id,
        caller,
        new Command.Create(ResourceType.USER, CommandId.uuid7(now), joan),
        new Envelope.Trace("x", now, id.toString(), List.of()));
  }

  @Test
  void choosesNobodyOfAnotherConnection() {
    UUID ada = idp.create(user("ada@example.com")).id();
    gateway.connection(idp.tenant(), "okta").create(user("ada@example.com"));

    assertThat(choose(ada).status()).isEqualTo(400);
  }

  @Test
  void linksAgainAfterARelease() {
    UUID ada = idp.create(user("ada@example.com")).id();
    ScimClient okta = gateway.connection(idp.tenant(), "okta");
    gateway.admin("POST", "/users/" + ada + "/release", null);

    assertThat(idp.get(ada).status()).isEqualTo(404);
    assertThat(okta.create(user("ada@example.com")).id()).isEqualTo(ada);
    assertThat(okta.get(ada).status()).isEqualTo(200);
  }

  private UUID unmanaged(String userName) {
    return unmanaged(userName, userName);
  }

  private UUID unmanaged(String userName, String email) {
    ObjectNode byHand = user(userName);
    ((ObjectNode) byHand.path("emails").path(0)).put("value", email);
    return add(byHand).id();
  }

  private Answer add(ObjectNode byHand) {
    Answer added = gateway.admin("POST", "/users", byHand.put("tenant", idp.tenant()));
    assertThat(added.status()).as(added.http().body()).isEqualTo(201);
    return added;
  }

  private Answer conflicts() {
    return gateway.admin("GET", "/conflicts?tenant=" + idp.tenant(), null);
  }

  private Answer choose(UUID user) {
    return gateway.admin(
        "PUT",
        "/conflicts/" + conflicts().json().path(0).path("id").asText() + "/choice",
        Json.object().put("user", user.toString()));
  }
}
