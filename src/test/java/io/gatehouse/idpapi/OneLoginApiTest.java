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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked of OneLogin, and how its answers are read. */
class OneLoginApiTest {

  private static final String ADA = "41770001";
  private static final String APP = "700001";
  private static final String ROLE = "441778";

  private final SettableClock clock = new SettableClock();
  private final FakeIdp oneLogin = FakeIdp.start(clock);
  private final Opened opened = new Opened(oneLogin, clock);
  private final IdpApi api = api("application", APP);

  private IdpApi api(String member, String value) {
    return opened.api("onelogin", oneLogin.clientAccess().put(member, value));
  }

  @AfterEach
  void close() {
    oneLogin.close();
  }

  @Test
  void writesAProfileAsAScimUser() {
    oneLogin
        .user(ADA)
        .with("login", "ada")
        .with("email", "ada@example.com")
        .with("firstName", "Ada")
        .with("lastName", "Lovelace")
        .with("title", "Analyst")
        .with("department", "Ward 5")
        .with("primaryPhone", "+1 555 0100");

    var user = api.user(ADA).orElseThrow();

    JsonNode scim = user.resource();
    assertThat(scim.path("userName").asText()).isEqualTo("ada");
    assertThat(scim.path("displayName").asText()).isEqualTo("Ada Lovelace");
    assertThat(scim.at("/emails/0/value").asText()).isEqualTo("ada@example.com");
    assertThat(scim.at("/phoneNumbers/0/value").asText()).isEqualTo("+1 555 0100");
    assertThat(scim.path(Schema.ENTERPRISE_USER).path("department").asText()).isEqualTo("Ward 5");
    assertThat(scim.has("externalId")).isFalse();
    assertThat(user.modifiedAt()).isEqualTo(clock.instant());
  }

  @Test
  void takesTheEmailWhereThereIsNoUserName() {
    oneLogin.user(ADA).with("login", null).with("email", "ada@example.com");

    assertThat(api.user(ADA).orElseThrow().resource().path("userName").asText())
        .isEqualTo("ada@example.com");
  }

  @Test
  void knowsWhoIsActiveAndWhoIsGone() {
    oneLogin.user(ADA);
    assertThat(active()).isTrue();
    oneLogin.suspend(ADA);
    assertThat(active()).isFalse();
    oneLogin.delete(ADA);

    assertThat(api.user(ADA)).isEmpty();
    assertThat(api.user("41779999")).isEmpty();
  }

  private boolean active() {
    return api.user(ADA).orElseThrow().resource().path("active").asBoolean();
  }

  @Test
  void knowsWhoHasTheApplicationOrTheRole() {
    oneLogin.user(ADA);
    oneLogin.group(ROLE, "Ward 5");
    IdpApi byRole = api("group", ROLE);
    assertThat(api.user(ADA).orElseThrow().assigned()).isFalse();
    assertThat(byRole.user(ADA).orElseThrow().assigned()).isFalse();

    oneLogin.assign(ADA, APP);
    oneLogin.join(ROLE, ADA);

    assertThat(api.user(ADA).orElseThrow().assigned()).isTrue();
    assertThat(byRole.user(ADA).orElseThrow().assigned()).isTrue();
  }

  @Test
  void takesNobodyForALeaverWhenTheSettingsAreMistaken() {
    oneLogin.user(ADA);
    oneLogin.withoutApplication(APP);

    assertThatThrownBy(() -> api.user(ADA))
        .isInstanceOf(IdpApiException.class)
        .hasMessageContaining(APP);
    assertThatThrownBy(() -> api("group", "441999").user(ADA)).hasMessageContaining("441999");
  }

  @Test
  void readsARoleOverManyPages() {
    oneLogin.group(ROLE, "Ward 5");
    for (int i = 0; i < 7; i++) {
      oneLogin.user("5" + i);
      oneLogin.join(ROLE, "5" + i);
    }
    oneLogin.pagesOf(3);

    var role = api.group(ROLE).orElseThrow();

    assertThat(role.displayName()).isEqualTo("Ward 5");
    assertThat(role.members()).hasSize(7).contains("50", "56");
    assertThat(api.group("441999")).isEmpty();
  }

  @Test
  void pollsFromAnHourAgoOverManyPagesAndThenWithAnOverlap() {
    oneLogin.user("1");
    clock.tick(Duration.ofHours(2));
    for (int i = 2; i <= 6; i++) {
      oneLogin.user("" + i);
    }
    oneLogin.pagesOf(2);
    PollResult result = api.poll(null);
    List<Signal> signals = new ArrayList<>(result.signals());
    while (result.more()) {
      result = api.poll(result.watermark());
      signals.addAll(result.signals());
    }
    clock.tick(Duration.ofMinutes(1));
    oneLogin.deactivate("2");
    oneLogin.reactivate("2");
    oneLogin.pagesOf(50);

    PollResult next = api.poll(result.watermark());

    assertThat(signals).extracting(it -> it.about().id()).containsExactly("2", "3", "4", "5", "6");
    assertThat(next.signals()).startsWith(signals.get(0));
    assertThat(next.signals())
        .extracting(Signal::kind)
        .hasSize(7)
        .endsWith(Kind.USER_DEACTIVATED, Kind.USER_ACTIVATED);
    assertThat(next.signals()).extracting(it -> it.source().eventId()).doesNotHaveDuplicates();
  }

  @Test
  void readsAgainFromTheBeginningWhenOneLoginDoesNotTakeTheCursorAnyMore() {
    for (int i = 1; i <= 3; i++) {
      oneLogin.user("" + i);
    }
    oneLogin.pagesOf(2);
    PollResult first = api.poll(null);
    oneLogin.pagesOf(50);
    oneLogin.faults().failing(1, 400);

    PollResult second = api.poll(first.watermark());

    assertThat(first.more()).isTrue();
    assertThat(second.signals()).hasSize(3);
    assertThat(second.more()).isFalse();
  }

  @Test
  void waitsForAsManySecondsAsAreLeft() {
    oneLogin.user(ADA);
    api.user(ADA);
    oneLogin.faults().tooMany(Duration.ofSeconds(832));

    IdpApiException asked = catchThrowableOfType(IdpApiException.class, () -> api.user(ADA));

    assertThat(asked.retryAfter()).isEqualTo(Duration.ofSeconds(832));
  }

  @Test
  void signsInAgainWhenTheTokenIsRefused() {
    oneLogin.user(ADA);
    api.user(ADA);
    oneLogin.expireTokens();

    assertThat(api.user(ADA)).isPresent();
    assertThat(oneLogin.tokensIssued()).isEqualTo(2);
  }
}
