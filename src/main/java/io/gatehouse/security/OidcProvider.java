package io.gatehouse.security;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.GatehouseProperties.Oidc;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

/**
 * The OIDC provider as its discovery document describes it. That is fetched at the first sign-in,
 * so that the gateway starts while the provider is down.
 */
final class OidcProvider implements ClientRegistrationRepository {

  /** The name of the only registration, and the last part of the address that leads to it. */
  static final String ID = "oidc";

  private final GatehouseProperties settings;
  private volatile @Nullable ClientRegistration known;

  OidcProvider(GatehouseProperties settings) {
    this.settings = settings;
  }

  /** The registration; fails with an unchecked exception when the provider is not available. */
  @Override
  public @Nullable ClientRegistration findByRegistrationId(String id) {
    if (!id.equals(ID)) {
      return null;
    }
    ClientRegistration registration = known;
    if (registration == null) {
      registration = discovered(settings.oidc());
      known = registration;
    }
    return registration;
  }

  private ClientRegistration discovered(Oidc oidc) {
    String base =
        settings.publicUrl() == null
            ? "{baseUrl}"
            : settings.publicUrl().toString().replaceAll("/+$", "");
    ClientRegistration.Builder registration =
        ClientRegistrations.fromIssuerLocation(String.valueOf(oidc.issuer()))
            .registrationId(ID)
            .clientId(Objects.requireNonNull(oidc.clientId()))
            .redirectUri(base + OidcSignIn.CALLBACK)
            .scope("openid", "profile", "email");
    return (oidc.clientSecret() == null
            ? registration.clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
            : registration.clientSecret(oidc.clientSecret()))
        .build();
  }
}
