package io.gatehouse.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.signin.ClientAddresses;
import io.gatehouse.signin.RefusalLog;
import io.gatehouse.signin.SignIns;
import io.gatehouse.tenant.BatchLoader;
import io.gatehouse.tenant.BearerToken;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;

/** A token that nobody can guess is looked at while others guess; one that was chosen is not. */
class AdminAuthenticationTest {

  private static final int LIMIT = 3;

  private static final ApiTokenCache NO_TOKENS =
      new ApiTokenCache(new BatchLoader<>("none", it -> Map.of()), Clock.systemUTC());

  private final SignInGuard signInGuard =
      new SignInGuard(
          new SignIns(
              LIMIT, new RefusalLog(it -> {}, it -> {}, Clock.systemUTC()), Clock.systemUTC()),
          new ClientAddresses(List.of()));

  @AfterEach
  void signOut() {
    SecurityContextHolder.clearContext();
  }

  @Test
  void letsAGeneratedTokenInWhileAStrangerGuessesFromItsAddress() throws Exception {
    BearerToken token = BearerToken.generate();
    AdminAuthentication authentication =
        new AdminAuthentication(
            new AdminToken(token, "file", token.isOurs()), NO_TOKENS, signInGuard);

    assertThat(afterGuesses(authentication, token.secret())).isEqualTo(200);
    assertThat(afterGuesses(authentication, "guess")).isEqualTo(429);
  }

  @Test
  void doesNotLookAtGuessesOfATokenThatAPersonHasChosen() throws Exception {
    BearerToken token = new BearerToken("a-token-of-somebody");
    AdminAuthentication authentication =
        new AdminAuthentication(
            new AdminToken(token, "variable", token.isOurs()), NO_TOKENS, signInGuard);

    assertThat(afterGuesses(authentication, token.secret())).isEqualTo(429);
  }

  private static int afterGuesses(AdminAuthentication authentication, String token)
      throws Exception {
    for (int i = 0; i < LIMIT; i++) {
      call(authentication, "guess" + i);
    }
    return call(authentication, token);
  }

  private static int call(AdminAuthentication authentication, String token) throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/admin/api/v1/tenants");
    request.addHeader("Authorization", "Bearer " + token);
    MockHttpServletResponse response = new MockHttpServletResponse();
    authentication.doFilter(request, response, new MockFilterChain());
    return response.getStatus();
  }
}
