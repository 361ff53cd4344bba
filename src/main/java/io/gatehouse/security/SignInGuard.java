package io.gatehouse.security;

import io.gatehouse.http.RetryAfter;
import io.gatehouse.signin.ClientAddresses;
import io.gatehouse.signin.SignIns;
import io.gatehouse.signin.SignIns.Attempt;
import io.gatehouse.signin.SignIns.Realm;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.OptionalInt;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The handling of sign-in attempts over HTTP, for the filters of all realms. */
@Component
public final class SignInGuard {

  private static final String TOO_MANY =
      "Too many wrong credentials came from this address; wait, and try again.";

  private final SignIns signIns;
  private final ClientAddresses addresses;

  SignInGuard(SignIns signIns, ClientAddresses addresses) {
    this.signIns = signIns;
    this.addresses = addresses;
  }

  public SignIns signIns() {
    return signIns;
  }

  public Attempt attempt(Realm realm, HttpServletRequest request, byte[] credential) {
    String address =
        addresses.client(
            request.getRemoteAddr(), Collections.list(request.getHeaders("X-Forwarded-For")));
    return new Attempt(realm, address, credential);
  }

  /** Answers 429 when the caller must wait; true when it did. */
  public static boolean holds(
      OptionalInt wait, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (wait.isEmpty()) {
      return false;
    }
    response.setHeader(RetryAfter.HEADER, String.valueOf(wait.getAsInt()));
    ErrorResponses.error(response, request.getRequestURI(), HttpStatus.TOO_MANY_REQUESTS, TOO_MANY);
    return true;
  }
}
