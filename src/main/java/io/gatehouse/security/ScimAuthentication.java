package io.gatehouse.security;

import io.gatehouse.TenantScope;
import io.gatehouse.command.Caller;
import io.gatehouse.command.LogScope;
import io.gatehouse.command.TraceParent;
import io.gatehouse.edge.RateExceededException;
import io.gatehouse.edge.RateLimits;
import io.gatehouse.edge.ScimResponse;
import io.gatehouse.scim.ScimError;
import io.gatehouse.signin.CredentialOwners;
import io.gatehouse.signin.SignIns.Realm;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.tenant.BearerToken;
import io.gatehouse.tenant.VerifiedCredential;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds the connection of a SCIM call by its bearer token (RFC 6750), and by nothing else. Each
 * token is checked, however many from its address were wrong, because the IdPs of many customers
 * call from the same addresses.
 */
final class ScimAuthentication extends OncePerRequestFilter {

  private static final String CREDENTIAL = ScimAuthentication.class.getName();

  private static final String USER = "/v2/Users/";
  private static final long MAX_RELEASE = 4_096;

  private final CredentialCache credentials;
  private final RateLimits limits;
  private final SignInGuard signInGuard;
  private final CredentialOwners owners;

  ScimAuthentication(
      CredentialCache credentials,
      RateLimits limits,
      SignInGuard signInGuard,
      CredentialOwners owners) {
    this.credentials = credentials;
    this.limits = limits;
    this.signInGuard = signInGuard;
    this.owners = owners;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<BearerToken> token = BearerHeader.token(request);
    if (token.isPresent() && !admits(token.get(), request, response)) {
      return;
    }
    if (request.getAttribute(VerifiedCredential.class.getName())
        instanceof VerifiedCredential credential) {
      Caller caller = credential.holder().caller();
      try (TenantScope scope = TenantScope.of(caller.tenant());
          LogScope log = LogScope.of(caller)) {
        LogScope.trace(TraceParent.valid(request.getHeader(TraceParent.NAME)));
        chain.doFilter(request, response);
      }
    } else {
      chain.doFilter(request, response);
    }
  }

  /** Whether the call continues to the chain, which may still refuse it; else it is answered. */
  private boolean admits(
      BearerToken token, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<VerifiedCredential> credential;
    try {
      credential = credential(token);
    } catch (StoreUnavailableException e) {
      ErrorResponses.write(
          response,
          ScimResponse.refusal(
              ScimError.unavailable("Credentials cannot be checked at the moment.")));
      return false;
    }
    if (credential.isEmpty() && SignInGuard.holds(refused(token, request), request, response)) {
      return false;
    }
    credential.ifPresent(it -> CallRecorder.identify(request, it.holder().caller()));
    OptionalInt wait =
        credential.map(it -> limits.refuses(it.holder())).orElse(OptionalInt.empty());
    if (wait.isPresent() && !mayRelease(request)) {
      ErrorResponses.write(response, ScimResponse.tooMany(wait.getAsInt()));
      return false;
    }
    wait.ifPresent(it -> request.setAttribute(RateExceededException.WAIT, it));
    credential.ifPresent(it -> admit(request, it));
    request.setAttribute(
        CREDENTIAL, EntraTokens.mayBe(token) ? "Entra ID" : "token " + token.prefix());
    return true;
  }

  /**
   * Whether the call may deactivate or delete a user. Only its body says so, and only short ones
   * are read of a connection that exceeds its rate.
   */
  private static boolean mayRelease(HttpServletRequest request) {
    String path = request.getPathInfo();
    if (path == null || !path.startsWith(USER)) {
      return false;
    }
    long length = request.getContentLengthLong();
    return switch (request.getMethod()) {
      case "DELETE" -> true;
      case "PATCH", "PUT" -> length >= 0 && length <= MAX_RELEASE;
      default -> false;
    };
  }

  /** What may be shown of the credential of a call; null when it had none. */
  static @Nullable String credential(HttpServletRequest request) {
    return (String) request.getAttribute(CREDENTIAL);
  }

  private OptionalInt refused(BearerToken token, HttpServletRequest request) {
    return signInGuard
        .signIns()
        .refused(
            signInGuard.attempt(Realm.SCIM, request, token.hash()), () -> owners.ofToken(token));
  }

  private Optional<VerifiedCredential> credential(BearerToken token) {
    return credentials.holder(token).map(it -> new VerifiedCredential(it, token.cursorKey()));
  }

  private static void admit(HttpServletRequest request, VerifiedCredential credential) {
    request.setAttribute(VerifiedCredential.class.getName(), credential);
    SecurityContextHolder.getContext()
        .setAuthentication(
            UsernamePasswordAuthenticationToken.authenticated(
                credential.holder().caller().requireConnection(),
                null,
                List.of(new SimpleGrantedAuthority("SCIM"))));
  }
}
