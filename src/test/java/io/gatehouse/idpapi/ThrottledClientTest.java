package io.gatehouse.idpapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.inbox.IdpApi;
import io.gatehouse.inbox.IdpApiException;
import io.gatehouse.scim.Json;
import io.gatehouse.support.FakeIdp;
import io.gatehouse.support.SettableClock;
import io.gatehouse.tenant.ConnectionSettings;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens between a connection and its IdP when things go wrong. */
class ThrottledClientTest {

  private static final String ADA = "00uada";

  private final SettableClock clock = new SettableClock();
  private final FakeIdp idp = FakeIdp.start(clock);
  private final Opened opened = new Opened(idp, clock);
  private final IdpApi api = opened.api("okta", idp.clientAccess());

  @AfterEach
  void close() {
    idp.close();
  }

  @Test
  void signsInOnceAndAgainBeforeTheTokenEnds() {
    idp.user(ADA);
    api.user(ADA);
    clock.tick(Duration.ofMinutes(57));
    api.user(ADA);
    assertThat(idp.tokensIssued()).isEqualTo(1);

    clock.tick(Duration.ofMinutes(2));
    api.user(ADA);

    assertThat(idp.tokensIssued()).isEqualTo(2);
  }

  @Test
  void signsInAgainWhenTheTokenIsRefused() {
    idp.user(ADA);
    api.user(ADA);
    idp.expireTokens();

    assertThat(api.user(ADA)).isPresent();
    assertThat(idp.tokensIssued()).isEqualTo(2);
  }

  @Test
  void saysThatTheCredentialsAreRefusedAndNotWhichTheyAre() {
    IdpApi wrong = opened.api("okta", idp.clientAccess().put("clientSecret", "mistaken-secret"));
    IdpApi token = opened.api("okta", idp.oktaAccess().put("token", "mistaken-token"));

    assertThatThrownBy(() -> wrong.user(ADA))
        .isInstanceOf(IdpApiException.class)
        .hasMessageContaining("401")
        .hasMessageNotContaining("mistaken");
    assertThatThrownBy(() -> token.user(ADA))
        .hasMessageContaining("refuses our credentials")
        .hasMessageNotContaining("mistaken");
    assertThat(wrong.toString() + opened.connection("okta", idp.oktaAccess()))
        .doesNotContain("mistaken", "fake-api-token");
  }

  @Test
  void asksNothingWhileTheIdpWantsToBeLeftAlone() {
    idp.user(ADA);
    api.user(ADA);
    idp.faults().tooMany(Duration.ofSeconds(40));
    IdpApiException asked = failure();
    int calls = idp.calls().size();
    IdpApiException refused = failure();

    assertThat(asked.retryAfter()).isBetween(Duration.ofSeconds(38), Duration.ofSeconds(41));
    assertThat(refused.retryAfter()).isEqualTo(asked.retryAfter());
    assertThat(idp.calls()).hasSize(calls);

    clock.tick(asked.retryAfter());
    assertThat(api.user(ADA)).isPresent();
  }

  @Test
  void waitsNoLongerWhenTheTimeOfDayIsSetBackMeanwhile() {
    idp.user(ADA);
    api.user(ADA);
    idp.faults().tooMany(Duration.ofSeconds(40));
    IdpApiException asked = failure();
    clock.tick(Duration.ofHours(-1));
    assertThat(failure().retryAfter()).isEqualTo(asked.retryAfter());

    clock.tick(asked.retryAfter());

    assertThat(api.user(ADA)).isPresent();
  }

  @Test
  void restsAfterRepeatedFailuresAndGoesOnWhenOneCallSucceeds() {
    idp.user(ADA);
    idp.faults().failing(5, 503);
    for (int i = 0; i < 5; i++) {
      assertThat(failure()).hasMessageContaining("503");
    }
    int calls = idp.calls().size();
    assertThat(failure().retryAfter()).isPositive();
    assertThat(idp.calls()).hasSize(calls);

    clock.tick(Duration.ofSeconds(31));
    idp.faults().failing(1, 500);
    failure();
    assertThat(failure()).hasMessageContaining("calls before have failed");
    clock.tick(Duration.ofSeconds(31));

    assertThat(api.user(ADA)).isPresent();
    assertThat(api.user(ADA)).isPresent();
  }

  @Test
  void waitsForNobodyForever() {
    idp.user(ADA);
    api.user(ADA);
    idp.faults().silent();

    assertThat(failure()).hasMessageContaining("/api/v1/users/").hasMessageContaining("failed");
  }

  @Test
  void followsNoLinkToAnotherHost() {
    idp.group("00gward", "Ward 5");
    idp.user(ADA);
    idp.user("00ubob");
    idp.join("00gward", ADA);
    idp.join("00gward", "00ubob");
    idp.pagesOf(1);
    idp.linkTo("https://elsewhere.example");

    assertThatThrownBy(() -> api.group("00gward"))
        .isInstanceOf(IdpApiException.class)
        .hasMessageContaining("elsewhere.example");
  }

  @Test
  void keepsAnApiUntilItsSettingsChange() {
    var connection = opened.connection("okta", idp.oktaAccess());
    ObjectNode settings = Json.object();
    settings.set(ConnectionSettings.API, idp.clientAccess());
    var changed = opened.connection(connection.id(), "okta", settings);

    assertThat(opened.apis.of(connection)).isEqualTo(opened.apis.of(connection));
    assertThat(opened.apis.of(changed)).isNotEqualTo(opened.apis.of(connection));
    assertThat(opened.apis.of(opened.connection("standard", idp.oktaAccess()))).isEmpty();
  }

  private IdpApiException failure() {
    return catchThrowableOfType(IdpApiException.class, () -> api.user(ADA));
  }
}
