package io.gatehouse.security;

import io.gatehouse.access.Administrator;
import io.gatehouse.access.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** An administrator who is signed in, by a token or by a session of the portal. */
public final class AdministratorAuthentication extends AbstractAuthenticationToken {

  /** The authority of those whose tenants are all. */
  static final String ALL_TENANTS = "ALL_TENANTS";

  private static final long serialVersionUID = 1L;

  private final transient Administrator administrator;
  private final transient @Nullable Session session;

  private AdministratorAuthentication(
      Administrator administrator, @Nullable Session session, String authority) {
    super(
        (administrator.isOfAllTenants() ? List.of(authority, ALL_TENANTS) : List.of(authority))
            .stream().map(SimpleGrantedAuthority::new).toList());
    this.administrator = administrator;
    this.session = session;
    setAuthenticated(true);
  }

  /** By a token; valid for the admin API only. */
  static AdministratorAuthentication of(Administrator administrator) {
    return new AdministratorAuthentication(administrator, null, "ADMIN");
  }

  /** By a session; valid for the portal only. */
  static AdministratorAuthentication of(Session session) {
    return new AdministratorAuthentication(session.account().administrator(), session, "PORTAL");
  }

  /** The session; null when the administrator came with a token. */
  public @Nullable Session session() {
    return session;
  }

  @Override
  public Administrator getPrincipal() {
    return administrator;
  }

  @Override
  public @Nullable Object getCredentials() {
    return null;
  }

  @Override
  public String getName() {
    return administrator.actor();
  }
}
