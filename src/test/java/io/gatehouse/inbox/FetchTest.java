package io.gatehouse.inbox;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.FakeIdp;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Hints;
import io.gatehouse.support.ScimClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a signal does not say is fetched from the IdP's API, for those whom the connection is for.
 */
class FetchTest {

  private static final String APP = "0oa1";

  private final FakeIdp okta = FakeIdp.start();
  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("okta");
  private final Hints hints = new Hints(gateway, idp);

  @AfterEach
  void stop() {
    okta.close();
  }

  @Test
  void takesOverWhatTheProfileSaysAndLeavesTheRest() {
    access(okta.oktaAccess());
    UUID ada = hired("00u1", user("00u1@example.com").put("profileUrl", "https://example.com/ada"));
    okta.user("00u1").with("department", "Ward 5").with("title", "Head nurse");

    hints.hear(Kind.USER_CHANGED, "e1", "00u1");

    JsonNode now = idp.get(ada).json();
    assertThat(now.path("title").asText()).isEqualTo("Head nurse");
    assertThat(now.path(Schema.ENTERPRISE_USER).path("department").asText()).isEqualTo("Ward 5");
    assertThat(now.path("profileUrl").asText()).isEqualTo("https://example.com/ada");
    assertThat(now.path("externalId").asText()).isEqualTo("00u1");
  }

  @Test
  void changesNothingTwice() {
    access(okta.oktaAccess());
    UUID ada = hired("00u1", user("00u1@example.com"));
    okta.user("00u1").with("title", "Head nurse");
    hints.hear(Kind.USER_CHANGED, "e1", "00u1");
    String version = version(ada);

    hints.hear(Kind.USER_CHANGED, "e2", "00u1");

    assertThat(version(ada)).isEqualTo(version);
  }

  @Test
  void createsWhoeverIsInTheApplicationAndNobodyElse() {
    access(okta.oktaAccess().put("application", APP));
    okta.user("00u1");
    okta.assign("00u1", APP);
    okta.user("00u2");

    hints.hear(Kind.USER_CHANGED, "e1", "00u1");
    hints.hear(Kind.USER_CHANGED, "e2", "00u2");

    assertThat(found("00u1@example.com").path("externalId").asText()).isEqualTo("00u1");
    assertThat(found("00u2@example.com").isMissingNode()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void recognisesWhoComesBackAsAPostOfTheConnectionDoes(boolean stable) {
    set("externalIdIsStable", BooleanNode.valueOf(stable));
    access(okta.oktaAccess().put("application", APP));
    UUID ada = hired("00u1", user("old@example.com"));
    idp.delete(ada);
    okta.user("00u1").with("login", "new@example.com");
    okta.assign("00u1", APP);

    hints.hear(Kind.USER_CHANGED, "e1", "00u1");

    UUID back = UUID.fromString(found("new@example.com").path("id").asText());
    assertThat(back.equals(ada)).isEqualTo(stable);
  }

  @Test
  void createsNobodyWhenNoScopeIsNamed() {
    access(okta.oktaAccess());
    okta.user("00u1");

    hints.hear(Kind.USER_CHANGED, "e1", "00u1");

    assertThat(found("00u1@example.com").isMissingNode()).isTrue();
  }

  @Test
  void letsComeAndGoWithTheApplicationOfTheConnectionOnly() {
    access(okta.oktaAccess().put("application", APP));
    okta.user("00u1");
    okta.assign("00u1", APP);
    hints.hear(Kind.USER_ASSIGNED, "e1", "00u1", APP);
    UUID ada = UUID.fromString(found("00u1@example.com").path("id").asText());

    hints.hear(Kind.USER_UNASSIGNED, "e2", "00u1", "0oa2");
    assertThat(active(ada)).as("another application").isTrue();

    okta.unassign("00u1", APP);
    hints.hear(Kind.USER_UNASSIGNED, "e3", "00u1", APP);
    assertThat(active(ada)).isFalse();
  }

  @Test
  void doesNotBringBackWhoeverIsNoLongerInTheApplication() {
    access(okta.oktaAccess().put("application", APP));
    UUID ada = hired("00u1", user("00u1@example.com").put("active", false));
    okta.user("00u1");

    hints.hear(Kind.USER_CHANGED, "e1", "00u1");

    assertThat(active(ada)).isFalse();
  }

  @Test
  void bringsBackWhoeverIsActivatedButNobodyByAMereUpdate() {
    access(okta.oktaAccess());
    UUID ada = hired("00u1", user("00u1@example.com").put("active", false));
    okta.user("00u1").with("title", "Head nurse");

    hints.hear(Kind.USER_CHANGED, "e1", "00u1");
    assertThat(active(ada)).isFalse();
    assertThat(idp.get(ada).json().path("title").asText()).isEqualTo("Head nurse");

    hints.hear(Kind.USER_ACTIVATED, "e2", "00u1");
    assertThat(active(ada)).isTrue();
  }

  @Test
  void bringsBackWhoeverIsInTheApplicationByAnyUpdate() {
    access(okta.oktaAccess().put("application", APP));
    UUID ada = hired("00u1", user("00u1@example.com").put("active", false));
    okta.user("00u1");
    okta.assign("00u1", APP);

    hints.hear(Kind.USER_CHANGED, "e1", "00u1");

    assertThat(active(ada)).isTrue();
  }

  @Test
  void restoresWhoeverWasDeletedAndIsThereAgain() {
    access(okta.oktaAccess().put("application", APP));
    UUID ada = hired("E-10442", user("00u1@example.com"));
    idp.delete(ada);
    okta.user("00u1");
    okta.assign("00u1", APP);

    hints.hear(Kind.USER_ASSIGNED, "e1", "00u1", APP);

    assertThat(active(ada)).isTrue();
    assertThat(idp.get(ada).json().path("externalId").asText()).isEqualTo("E-10442");
  }

  @Test
  void asksFirstWhenTheSignalIsOlderThanWhatWasApplied() {
    access(okta.oktaAccess());
    Instant before = Instant.now().minusSeconds(60);
    UUID ada = hired("00u1", user("00u1@example.com"));
    UUID sam = hired("00u2", user("00u2@example.com"));
    okta.user("00u1");
    okta.user("00u2");
    okta.deactivate("00u2");

    hints.hear(Kind.USER_DEACTIVATED, "e1", "00u1", before);
    hints.hear(Kind.USER_DEACTIVATED, "e2", "00u2", before);

    assertThat(active(ada)).isTrue();
    assertThat(active(sam)).isFalse();
  }

  @Test
  void deactivatesWithoutTheApi() {
    access(okta.oktaAccess());
    UUID ada = hired("00u1", user("00u1@example.com"));
    okta.faults().failing(50, 503);

    hints.hear(Kind.USER_DEACTIVATED, "e1", "00u1");

    assertThat(active(ada)).isFalse();
    assertThat(okta.calls()).isEmpty();
  }

  @Test
  void deletesWhomTheIdpDoesNotKnowAnyMore() {
    access(okta.oktaAccess());
    UUID ada = hired("00u1", user("00u1@example.com"));

    hints.hear(Kind.USER_CHANGED, "e1", "00u1");

    assertThat(idp.get(ada).status()).isEqualTo(404);
  }

  @Test
  void waitsAsLongAsTheIdpAsksAndLosesNothing() {
    access(okta.oktaAccess());
    UUID ada = hired("00u1", user("00u1@example.com"));
    okta.user("00u1").with("title", "Head nurse");
    okta.faults().tooMany(Duration.ofSeconds(2));

    hints.hear(Kind.USER_CHANGED, "e1", "00u1");

    assertThat(idp.get(ada).json().path("title").asText()).isEqualTo("Head nurse");
    assertThat(okta.calls().size()).isGreaterThan(1);
  }

  @Test
  void fetchesAgainWhenSomebodyElseWasFaster() {
    access(okta.oktaAccess());
    UUID ada = hired("00u1", user("00u1@example.com"));
    okta.user("00u1").with("title", "Head nurse");
    okta.faults()
        .meanwhile(
            () ->
                idp.patch(
                    ada,
                    "{\"op\":\"add\",\"path\":\"profileUrl\",\"value\":\"https://example.com/ada\"}"));

    hints.hear(Kind.USER_CHANGED, "e1", "00u1");

    JsonNode now = idp.get(ada).json();
    assertThat(now.path("title").asText()).isEqualTo("Head nurse");
    assertThat(now.path("profileUrl").asText()).isEqualTo("https://example.com/ada");
  }

  @Test
  void bringsAGroupInLineOfWhichItKnowsTheMembers() {
    access(okta.oktaAccess());
    UUID ada = hired("00u1", user("00u1@example.com"));
    UUID sam = hired("00u2", user("00u2@example.com"));
    UUID manual = idp.create(user("somebody@example.com")).id();
    UUID nurses = idp.createGroup("Nurses", ada, manual).id();
    okta.user("00u1");
    okta.user("00u2");
    okta.user("00u3");
    okta.group("00g1", "Nurses");
    okta.join("00g1", "00u2");
    okta.join("00g1", "00u3");

    hints.hear(Kind.MEMBER_ADDED, "e1", "00u2", "00g1");
    assertThat(members(nurses)).containsExactlyInAnyOrder(sam.toString(), manual.toString());

    okta.group("00g1", "Head nurses");
    hints.hear(Kind.GROUP_CHANGED, "e2", "00g1");
    assertThat(idp.group(nurses).json().path("displayName").asText()).isEqualTo("Head nurses");

    okta.deleteGroup("00g1");
    hints.hear(Kind.GROUP_DELETED, "e3", "00g1");
    assertThat(idp.group(nurses).status()).isEqualTo(404);
  }

  @Test
  void touchesNoGroupThatTheConnectionHasNotPushed() {
    access(okta.oktaAccess());
    okta.group("00g1", "Everyone");

    hints.hear(Kind.GROUP_CHANGED, "e1", "00g1");

    assertThat(idp.findGroups("displayName eq \"Everyone\"").json().path("totalResults").asInt())
        .isZero();
  }

  private void access(ObjectNode api) {
    set("api", api);
  }

  private void set(String name, JsonNode value) {
    ObjectNode settings = io.gatehouse.scim.Json.object();
    settings.putObject("settings").set(name, value);
    assertThat(gateway.admin("PATCH", "/connections/" + idp.connection(), settings).status())
        .isEqualTo(200);
  }

  private UUID hired(String externalId, ObjectNode user) {
    return idp.create(user.put("externalId", externalId)).id();
  }

  private boolean active(UUID id) {
    return idp.get(id).json().path("active").asBoolean();
  }

  private String version(UUID id) {
    return idp.get(id).json().path("meta").path("version").asText();
  }

  private JsonNode found(String userName) {
    return idp.find("userName eq \"" + userName + "\"").json().path("Resources").path(0);
  }

  private List<String> members(UUID group) {
    return idp.group(group).json().path("members").findValuesAsText("value");
  }
}
