package io.gatehouse.security;

import io.gatehouse.access.Administrator;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** The administrator of the request that this thread works on. */
public final class CurrentAdministrator {

  private CurrentAdministrator() {}

  /**
   * The administrator who is signed in.
   *
   * @throws IllegalStateException when the request comes from no administrator
   */
  public static Administrator get() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication != null && authentication.getPrincipal() instanceof Administrator it) {
      return it;
    }
    throw new IllegalStateException("No administrator is signed in.");
  }
}
