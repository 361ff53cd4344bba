package io.gatehouse.inbox;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.inbox.Signal.About;
import io.gatehouse.inbox.Signal.EventRef;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.scim.Json;
import io.gatehouse.support.FakeIdp;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Hints;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signals that come in another order than they happened in end in the same state. */
class LatecomersTest {

  private static final String APP = "0oa1";
  private static final String GROUP = "00g1";

  private final SettableClock clock = new SettableClock();
  private final FakeIdp okta = FakeIdp.start(clock);
  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("okta");
  private final Hints hints = new Hints(gateway, idp);

  /** Those that the gateway has accepted by SCIM are there already. */
  @BeforeEach
  void begin() {
    clock.set(Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(60));
  }

  @AfterEach
  void stop() {
    okta.close();
  }

  @Test
  void keepsWhoeverHasReturnedWhenTheLeavingIsHeardAfterTheReturn() {
    access(okta.oktaAccess());
    UUID ada = hired("00u1");
    okta.user("00u1");
    hints.hear(Kind.USER_CHANGED, "e0", "00u1", clock.instant());
    Instant left = later();
    okta.suspend("00u1");
    Instant back = later();
    okta.reactivate("00u1");

    hints.hear(Kind.USER_ACTIVATED, "e2", "00u1", back);
    hints.hear(Kind.USER_DEACTIVATED, "e1", "00u1", left);

    assertThat(active(ada)).isTrue();
  }

  @Test
  void deactivatesWhoeverWasUnassignedThoughALaterUpdateWasHeardBefore() {
    access(okta.oktaAccess().put("application", APP));
    UUID ada = hired("00u1");
    okta.user("00u1");
    okta.assign("00u1", APP);
    hints.hear(Kind.USER_CHANGED, "e0", "00u1", clock.instant());
    Instant left = later();
    okta.unassign("00u1", APP);
    Instant promoted = later();
    okta.user("00u1").with("title", "Head nurse");

    hints.hear(Kind.USER_CHANGED, "e2", "00u1", promoted);
    hears(Kind.USER_UNASSIGNED, new EventRef("e1", left), APP);

    assertThat(active(ada)).isFalse();
  }

  @Test
  void keepsWhoeverLeavesTheGroupButIsInTheApplication() {
    access(okta.oktaAccess().put("application", APP).put("group", GROUP));
    UUID ada = hired("00u1");
    okta.user("00u1");
    okta.assign("00u1", APP);
    okta.group(GROUP, "Staff");

    hears(Kind.MEMBER_REMOVED, "e1", GROUP);
    assertThat(active(ada)).as("still in the application").isTrue();

    okta.unassign("00u1", APP);
    hears(Kind.USER_UNASSIGNED, "e2", APP);
    assertThat(active(ada)).as("in neither").isFalse();
  }

  @Test
  void changesNothingByAResourceThatIsOlderThanWhatWasApplied() {
    UUID ada = hired("00u1");
    Instant first = later();
    hear(Kind.USER_CHANGED, "e2", first.plusMillis(10), resource(false));
    assertThat(active(ada)).isFalse();

    hear(Kind.USER_CHANGED, "e1", first, resource(true));

    assertThat(active(ada)).isFalse();
  }

  @Test
  void lettingGoDoesNotWaitForAFetchBeforeIt() {
    access(okta.oktaAccess());
    UUID ada = hired("00u1");
    okta.user("00u1").with("title", "Head nurse");
    okta.faults().failing(1_000, 503);
    Instant now = later();

    hints.leave(signal(Kind.USER_CHANGED, "e1", now));
    await().until(() -> !okta.calls().isEmpty());
    hints.leave(signal(Kind.USER_DEACTIVATED, "e2", now.plusMillis(1)));

    await().untilAsserted(() -> assertThat(active(ada)).isFalse());
  }

  @Test
  void lettingGoDoesNotWaitForTheGroup() {
    access(okta.oktaAccess().put("group", GROUP));
    UUID ada = hired("00u1");
    okta.user("00u1");
    okta.group(GROUP, "Staff");
    okta.faults().failing(1_000, 503);

    About about = new About("00u1", null, GROUP);
    hints.leave(new Signal(Kind.MEMBER_REMOVED, new EventRef("e1", later()), about, null));

    await().untilAsserted(() -> assertThat(active(ada)).isFalse());
  }

  @Test
  void lettingGoWaitsBehindAReturnThatIsWorkedOn() {
    access(okta.oktaAccess().put("application", APP));
    okta.user("00u1");
    okta.assign("00u1", APP);
    Instant now = later();
    okta.faults().meanwhile(() -> leaves(now.plusMillis(1)));

    hints.hear(signal(Kind.USER_CHANGED, "e1", now));

    assertThat(found("00u1@example.com").path("active").asBoolean(true)).isFalse();
  }

  /** The IdP has answered with somebody who is still there. */
  private void leaves(Instant at) {
    hints.leave(signal(Kind.USER_DEACTIVATED, "e2", at));
  }

  private JsonNode found(String userName) {
    return idp.find("userName eq \"" + userName + "\"").json().path("Resources").path(0);
  }

  @Test
  void aClockThatIsYearsAheadKeepsNobodyHere() {
    UUID ada = hired("00u1");
    hints.hear(Kind.USER_DEACTIVATED, "e1", "00u1", Instant.now().plus(Duration.ofDays(3650)));
    idp.patch(ada, "{\"op\":\"replace\",\"path\":\"active\",\"value\":true}");
    assertThat(active(ada)).isTrue();

    hints.hear(Kind.USER_DEACTIVATED, "e2", "00u1", Instant.now().plus(Duration.ofMinutes(10)));

    assertThat(active(ada)).isFalse();
  }

  @Test
  void takesNoGroupForAnotherOfTheSameName() {
    access(okta.oktaAccess());
    UUID ada = hired("00u1");
    hired("00u2");
    ObjectNode pushed = Json.object().put("displayName", "Nurses").put("externalId", GROUP);
    pushed.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:Group");
    pushed.putArray("members").addObject().put("value", ada.toString());
    UUID nurses = idp.call("POST", "/Groups", pushed).id();
    okta.user("00u1");
    okta.user("00u2");
    okta.group("00g2", "Nurses");
    okta.join("00g2", "00u2");

    hints.hear(Kind.GROUP_CHANGED, "e1", "00g2");

    assertThat(idp.group(nurses).json().path("members").findValuesAsText("value"))
        .containsExactly(ada.toString());
  }

  private Instant later() {
    clock.tick(Duration.ofSeconds(10));
    return clock.instant();
  }

  private void hears(Kind kind, String event, String container) {
    hears(kind, new EventRef(event, later()), container);
  }

  private void hears(Kind kind, EventRef eventRef, String container) {
    hints.hear(new Signal(kind, eventRef, new About("00u1", null, container), null));
  }

  private void hear(Kind kind, String event, Instant at, ObjectNode resource) {
    hints.hear(new Signal(kind, new EventRef(event, at), new About("00u1", null, null), resource));
  }

  private static Signal signal(Kind kind, String event, Instant at) {
    return new Signal(kind, new EventRef(event, at), new About("00u1", null, null), null);
  }

  private static ObjectNode resource(boolean active) {
    return user("00u1@example.com").put("active", active);
  }

  private void access(ObjectNode api) {
    ObjectNode settings = Json.object();
    settings.putObject("settings").set("api", api);
    assertThat(gateway.admin("PATCH", "/connections/" + idp.connection(), settings).status())
        .isEqualTo(200);
  }

  private UUID hired(String id) {
    return idp.create(user(id.toLowerCase() + "@example.com").put("externalId", id)).id();
  }

  private boolean active(UUID id) {
    return idp.get(id).json().path("active").asBoolean();
  }
}
