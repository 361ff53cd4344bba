package io.gatehouse.idpapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.inbox.IdpApi;
import io.gatehouse.inbox.IdpApi.PollResult;
import io.gatehouse.inbox.IdpApiException;
import io.gatehouse.inbox.Signal;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.FakeIdp;
import io.gatehouse.support.SettableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked of Okta, and how its answers are read. */
class OktaApiTest {

  private static final String ADA = "00uada";
  private static final String APP = "0oatrain";
  private static final String GROUP = "00gward";

  private final SettableClock clock = new SettableClock();
  private final FakeIdp okta = FakeIdp.start(clock);
  private final Opened opened = new Opened(okta, clock);

  private IdpApi api(String member, String value) {
    return opened.api("okta", okta.oktaAccess().put(member, value));
  }

  private final IdpApi api = api("application", APP);

  @AfterEach
  void close() {
    okta.close();
  }

  @Test
  void writesAProfileAsAScimUser() {
    okta.user(ADA)
        .with("login", "ada@example.com")
        .with("email", "ada@example.com")
        .with("secondEmail", "ada@home.example")
        .with("firstName", "Ada")
        .with("lastName", "Lovelace")
        .with("title", "Analyst")
        .with("department", "Ward 5")
        .with("employeeNumber", "10442")
        .with("manager", "Charles Babbage")
        .with("mobilePhone", "+1 555 0100")
        .with("countryCode", "GB");

    var user = api.user(ADA).orElseThrow();

    JsonNode scim = user.resource();
    assertThat(scim.path("userName").asText()).isEqualTo("ada@example.com");
    assertThat(scim.path("externalId").asText()).isEqualTo(ADA);
    assertThat(scim.path("active").asBoolean()).isTrue();
    assertThat(scim.at("/name/familyName").asText()).isEqualTo("Lovelace");
    assertThat(scim.at("/emails/0").toString())
        .isEqualTo("{\"value\":\"ada@example.com\",\"type\":\"work\",\"primary\":true}");
    assertThat(scim.at("/emails/1/type").asText()).isEqualTo("home");
    assertThat(scim.at("/phoneNumbers/0/type").asText()).isEqualTo("mobile");
    assertThat(scim.at("/addresses/0/country").asText()).isEqualTo("GB");
    JsonNode enterprise = scim.path(Schema.ENTERPRISE_USER);
    assertThat(enterprise.path("department").asText()).isEqualTo("Ward 5");
    assertThat(enterprise.at("/manager/displayName").asText()).isEqualTo("Charles Babbage");
    assertThat(user.modifiedAt()).isEqualTo(clock.instant());
  }

  @Test
  void writesNullForWhatTheProfileLacks() {
    okta.user(ADA).with("title", "Analyst").with("title", null);

    JsonNode scim = api.user(ADA).orElseThrow().resource();

    assertThat(scim.get("title").isNull()).isTrue();
    assertThat(scim.get("phoneNumbers").isNull()).isTrue();
    assertThat(scim.path(Schema.ENTERPRISE_USER).get("department").isNull()).isTrue();
  }

  @Test
  void findsNobodyWhoIsDeletedNorUnderSomethingThatIsNoId() {
    okta.user(ADA);
    okta.delete(ADA);

    assertThat(api.user(ADA)).isEmpty();
    assertThat(api.user("00unobody")).isEmpty();
    int calls = okta.calls().size();
    assertThat(api.user("../groups/" + GROUP)).isEmpty();
    assertThat(api.user("")).isEmpty();
    assertThat(okta.calls()).hasSize(calls);
  }

  @Test
  void knowsWhoIsActive() {
    okta.user(ADA);
    okta.suspend(ADA);
    assertThat(active()).isFalse();
    okta.reactivate(ADA);
    assertThat(active()).isTrue();
    okta.deactivate(ADA);
    assertThat(active()).isFalse();
  }

  private boolean active() {
    return api.user(ADA).orElseThrow().resource().path("active").asBoolean();
  }

  @Test
  void knowsWhoIsAssignedAndWhatTheApplicationCallsThem() {
    okta.user(ADA).with("appUserName", "ada.l");
    assertThat(api.user(ADA).orElseThrow().assigned()).isFalse();
    assertThat(api.user(ADA).orElseThrow().resource().path("userName").asText())
        .isEqualTo("00uada@example.com");

    okta.assign(ADA, APP);

    assertThat(api.user(ADA).orElseThrow().assigned()).isTrue();
    assertThat(api.user(ADA).orElseThrow().resource().path("userName").asText()).isEqualTo("ada.l");
  }

  @Test
  void knowsWhoIsInTheGroup() {
    okta.user(ADA);
    okta.group(GROUP, "Ward 5");
    IdpApi byGroup = api("group", GROUP);
    assertThat(byGroup.user(ADA).orElseThrow().assigned()).isFalse();

    okta.join(GROUP, ADA);

    assertThat(byGroup.user(ADA).orElseThrow().assigned()).isTrue();
  }

  @Test
  void takesNobodyForALeaverWhenTheSettingsAreMistaken() {
    okta.user(ADA);
    okta.withoutApplication(APP);

    assertThatThrownBy(() -> api.user(ADA))
        .isInstanceOf(IdpApiException.class)
        .hasMessageContaining(APP);
    assertThatThrownBy(() -> api("group", "00gnone").user(ADA)).hasMessageContaining("00gnone");
  }

  @Test
  void readsAGroupOverManyPages() {
    okta.group(GROUP, "Ward 5");
    for (int i = 0; i < 7; i++) {
      okta.user("00u" + i);
      okta.join(GROUP, "00u" + i);
    }
    okta.pagesOf(3);

    var group = api.group(GROUP).orElseThrow();

    assertThat(group.displayName()).isEqualTo("Ward 5");
    assertThat(group.members()).hasSize(7).contains("00u0", "00u6");
    assertThat(api.group("00gnone")).isEmpty();
  }

  @Test
  void pollsFromAnHourAgoAndThenWhatIsNew() {
    okta.user("00uold");
    clock.tick(Duration.ofHours(2));
    okta.user(ADA);
    PollResult first = api.poll(null);
    okta.user(ADA).with("title", "Analyst");
    okta.deactivate(ADA);
    PollResult second = api.poll(first.watermark());
    PollResult third = api.poll(second.watermark());

    assertThat(kinds(first)).containsExactly(Kind.USER_CHANGED);
    assertThat(first.signals().get(0).about().id()).isEqualTo(ADA);
    assertThat(kinds(second)).containsExactly(Kind.USER_CHANGED, Kind.USER_DEACTIVATED);
    assertThat(third.signals()).isEmpty();
    assertThat(third.more()).isFalse();
  }

  @Test
  void beginsWithAnOverlapWhenOktaDoesNotKnowTheLinkAnyMore() {
    okta.user(ADA);
    PollResult first = api.poll(null);
    ObjectNode watermark = Json.stored(first.watermark());
    clock.tick(Duration.ofDays(3));
    okta.deactivate(ADA);
    okta.faults().failing(1, 400);

    PollResult second = api.poll(Json.text(watermark));

    assertThat(kinds(second)).containsExactly(Kind.USER_CHANGED, Kind.USER_DEACTIVATED);
    assertThat(eventIds(second)).contains(eventIds(first).get(0));
  }

  @Test
  void looksBackWhenAnOlderReleaseHasAskedForOtherEvents() {
    okta.user(ADA);
    ObjectNode watermark = Json.stored(api.poll(null).watermark()).put("types", 4711);

    PollResult next = api.poll(Json.text(watermark));

    assertThat(kinds(next)).containsExactly(Kind.USER_CHANGED);
  }

  private static List<Kind> kinds(PollResult result) {
    return result.signals().stream().map(Signal::kind).toList();
  }

  private static List<String> eventIds(PollResult result) {
    return result.signals().stream().map(it -> it.source().eventId()).toList();
  }
}
