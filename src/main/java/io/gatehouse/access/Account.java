package io.gatehouse.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The account of an administrator of the portal.
 *
 * @param password its Argon2id hash; null for an administrator of the OIDC provider
 * @param subject issuer and subject of the OIDC provider; null for a local administrator
 * @param mustChange whether the password was given out and has to be replaced first
 * @param disabledAt null while the administrator may sign in
 * @param signedInAt the last time; null for never
 */
public record Account(
    Administrator administrator,
    @Nullable String password,
    @Nullable String subject,
    boolean mustChange,
    @Nullable Instant disabledAt,
    Instant createdAt,
    @Nullable Instant signedInAt) {

  @Override
  public String toString() {
    return "Account[" + administrator + "]";
  }
}
