package io.gatehouse.idpapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.inbox.IdpApi;
import io.gatehouse.inbox.IdpApi.PollResult;
import io.gatehouse.inbox.IdpApiException;
import io.gatehouse.inbox.Signal;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.FakeIdp;
import io.gatehouse.support.SettableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of Microsoft Graph, and how its answers are read. */
class GraphApiTest {

  private static final String ADA = "a1a1a1a1-0000-4000-8000-00000000000a";
  private static final String BOB = "b2b2b2b2-0000-4000-8000-00000000000b";
  private static final String APP = "5e5e5e5e-0000-4000-8000-00000000000e";
  private static final String GROUP = "c3c3c3c3-0000-4000-8000-00000000000c";

  private final SettableClock clock = new SettableClock();
  private final FakeIdp entra = FakeIdp.start(clock);
  private final Opened opened = new Opened(entra, clock);
  private final IdpApi api = api("application", APP);

  private IdpApi api(String member, String value) {
    return opened.api("entra", entra.entraAccess().put(member, value));
  }

  @AfterEach
  void close() {
    entra.close();
  }

  @Test
  void writesAProfileAsAScimUser() {
    entra
        .user(ADA)
        .with("login", "ada@example.com")
        .with("email", "ada.lovelace@example.com")
        .with("firstName", "Ada")
        .with("title", "Analyst")
        .with("department", "Ward 5")
        .with("employeeNumber", "10442")
        .with("primaryPhone", "+44 20 0100")
        .with("countryCode", "United Kingdom");

    JsonNode scim = api.user(ADA).orElseThrow().resource();

    assertThat(scim.path("userName").asText()).isEqualTo("ada@example.com");
    assertThat(scim.path("externalId").asText()).isEqualTo(ADA);
    assertThat(scim.path("active").asBoolean()).isTrue();
    assertThat(scim.at("/emails/0/value").asText()).isEqualTo("ada.lovelace@example.com");
    assertThat(scim.at("/phoneNumbers/0/value").asText()).isEqualTo("+44 20 0100");
    assertThat(scim.at("/addresses/0/country").asText()).isEqualTo("United Kingdom");
    assertThat(scim.path("displayName").isNull()).isTrue();
    JsonNode enterprise = scim.path(Schema.ENTERPRISE_USER);
    assertThat(enterprise.path("department").asText()).isEqualTo("Ward 5");
    assertThat(enterprise.path("employeeNumber").asText()).isEqualTo("10442");
    assertThat(enterprise.has("manager")).isFalse();
  }

  @Test
  void findsTheSoftlyDeletedInactiveUnderTheirOldName() {
    entra.user(ADA).with("login", "ada@example.com");
    entra.delete(ADA);

    var user = api.user(ADA).orElseThrow();

    assertThat(user.resource().path("active").asBoolean()).isFalse();
    assertThat(user.resource().path("userName").asText()).isEqualTo("ada@example.com");
    assertThat(user.assigned()).isFalse();
    assertThat(api.user(BOB)).isEmpty();
    assertThat(api.user("delta")).isEmpty();
  }

  @Test
  void knowsWhoIsEnabledAndWhoIsAssigned() {
    entra.user(ADA);
    assertThat(api.user(ADA).orElseThrow().assigned()).isFalse();

    entra.assign(ADA, APP);
    entra.deactivate(ADA);

    assertThat(api.user(ADA).orElseThrow().assigned()).isTrue();
    assertThat(api.user(ADA).orElseThrow().resource().path("active").asBoolean()).isFalse();
  }

  @Test
  void knowsWhoIsInTheGroup() {
    entra.user(ADA);
    entra.group(GROUP, "Ward 5");
    IdpApi byGroup = api("group", GROUP);
    assertThat(byGroup.user(ADA).orElseThrow().assigned()).isFalse();

    entra.join(GROUP, ADA);

    assertThat(byGroup.user(ADA).orElseThrow().assigned()).isTrue();
  }

  @Test
  void takesNobodyForALeaverWhenTheSettingsAreMistaken() {
    entra.user(ADA);
    entra.withoutApplication(APP);

    assertThatThrownBy(() -> api.user(ADA))
        .isInstanceOf(IdpApiException.class)
        .hasMessageContaining(APP);
    assertThatThrownBy(() -> api("group", BOB).user(ADA)).hasMessageContaining(BOB);
  }

  @Test
  void readsTheUsersInAGroupOverManyPages() {
    entra.group(GROUP, "Ward 5");
    entra.group(APP, "A group inside");
    entra.join(GROUP, APP);
    for (int i = 0; i < 7; i++) {
      entra.user(BOB + i);
      entra.join(GROUP, BOB + i);
    }
    entra.pagesOf(3);

    var group = api.group(GROUP).orElseThrow();

    assertThat(group.displayName()).isEqualTo("Ward 5");
    assertThat(group.members()).hasSize(7).doesNotContain(APP);
    assertThat(api.group(BOB)).isEmpty();
  }

  @Test
  void pollsFromNowOnAndThenWhatHasChangedOverManyPages() {
    entra.user("before");
    PollResult first = api.poll(null);
    entra.user(ADA);
    entra.user(BOB);
    entra.delete(BOB);
    entra.group(GROUP, "Ward 5");
    entra.join(GROUP, ADA);
    entra.pagesOf(1);

    PollResult second = api.poll(first.watermark());
    PollResult third = api.poll(second.watermark());

    assertThat(first.signals()).isEmpty();
    assertThat(second.more()).isTrue();
    assertThat(kinds(second)).containsExactly(Kind.USER_CHANGED, Kind.GROUP_CHANGED);
    assertThat(kinds(third)).containsExactly(Kind.USER_DELETED);
    assertThat(third.more()).isFalse();
    assertThat(api.poll(third.watermark()).signals()).isEmpty();
  }

  @Test
  void saysWhichGroupIsGone() {
    entra.group(GROUP, "Ward 5");
    PollResult first = api.poll(null);
    entra.deleteGroup(GROUP);

    PollResult second = api.poll(first.watermark());

    assertThat(kinds(second)).containsExactly(Kind.GROUP_DELETED);
    assertThat(second.signals().get(0).about().id()).isEqualTo(GROUP);
  }

  @ParameterizedTest
  @ValueSource(ints = {410, 400})
  void readsEverythingWhenGraphHasLostItsPlace(int status) {
    entra.user(ADA);
    entra.group(GROUP, "Ward 5");
    PollResult first = api.poll(null);
    entra.user(BOB);
    entra.loseDeltas(status);

    PollResult second = api.poll(first.watermark());
    entra.user("new");
    PollResult third = api.poll(second.watermark());

    assertThat(kinds(second))
        .containsExactly(Kind.USER_CHANGED, Kind.USER_CHANGED, Kind.GROUP_CHANGED);
    assertThat(kinds(third)).containsExactly(Kind.USER_CHANGED);
  }

  @Test
  void waitsAsLongAsGraphAsks() {
    entra.user(ADA);
    api.user(ADA);
    entra.faults().tooMany(Duration.ofSeconds(17));

    IdpApiException asked = catchThrowableOfType(IdpApiException.class, () -> api.user(ADA));

    assertThat(asked.retryAfter()).isEqualTo(Duration.ofSeconds(17));
  }

  @Test
  void signsInAgainWhenTheTokenIsRefused() {
    entra.user(ADA);
    api.user(ADA);
    entra.expireTokens();

    assertThat(api.user(ADA)).isPresent();
    assertThat(entra.tokensIssued()).isEqualTo(2);
  }

  private static List<Kind> kinds(PollResult result) {
    return result.signals().stream().map(Signal::kind).toList();
  }
}
