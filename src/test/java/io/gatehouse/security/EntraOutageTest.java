package io.gatehouse.security;

import static io.gatehouse.security.EntraLoginTest.allow;
import static io.gatehouse.security.EntraLoginTest.list;
import static io.gatehouse.security.EntraLoginTest.requireWrong;
import static io.gatehouse.support.EntraAuthority.claims;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.CapturedLog;
import io.gatehouse.support.EntraAuthority;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The keys of Entra ID are away, or asked for too often: nobody is quarantined for that. */
class EntraOutageTest {

  private final EntraAuthority entra = EntraAuthority.shared();
  private final ScimClient idp = Gateway.shared().connection("entra");
  @RegisterExtension final CapturedLog log = new CapturedLog();
  private final UUID tenant = UUID.randomUUID();

  @AfterEach
  void comeBack() {
    entra.down(false);
  }

  @Test
  void saysThatItCannotTellWhileTheKeysAreAway() {
    allow(idp, tenant);
    entra.down(true);
    String token = entra.sign(claims(tenant));

    Answer away = list(token);
    entra.down(false);

    assertThat(away.status()).isEqualTo(503);
    assertThat(away.header("Retry-After")).isNotBlank();
    assertThat(away.header("Content-Type")).isEqualTo("application/scim+json");
    assertThat(list(token).status()).isEqualTo(200);
    assertThat(log.text()).contains("503").doesNotContain(token.split("\\.")[1]);
  }

  @Test
  void goesOnWithTheKeysThatItKnowsWhileTheyAreAway() {
    allow(idp, tenant);
    list(entra.sign(claims(tenant)));
    entra.down(true);

    assertThat(list(entra.sign(claims(tenant))).status()).isEqualTo(200);
    requireWrong(list(EntraAuthority.sign(claims(tenant), EntraAuthority.key("known"))));
    assertThat(list(EntraAuthority.sign(claims(tenant), EntraAuthority.key("new"))).status())
        .as("it may be a key that came since")
        .isEqualTo(503);
  }

  @Test
  void doesNotAskEntraForEveryWrongToken() {
    allow(idp, tenant);
    var unknown = EntraAuthority.key("unknown");

    for (int i = 0; i < 5; i++) {
      requireWrong(list(EntraAuthority.sign(claims(tenant), unknown)));
    }

    assertThat(entra.fetches(tenant)).isBetween(1L, 2L);
    assertThat(list(entra.sign(claims(tenant))).status()).isEqualTo(200);
  }
}
