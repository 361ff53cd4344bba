package io.gatehouse.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token of the admin API, without its secret.
 *
 * @param prefix the start of the secret, to recognise the token by
 * @param tenants the tenants that it sees and controls; null for all
 * @param maker the administrator or token that made it
 * @param usedAt to the minute; null for never
 * @param revokedAt null while it is not revoked
 * @param suspended whether it grants more than its maker may do now, so that it is refused
 */
public record ApiToken(
    UUID id,
    String name,
    String prefix,
    Role role,
    @Nullable Set<UUID> tenants,
    Maker maker,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant usedAt,
    @Nullable Instant revokedAt,
    boolean suspended) {

  /**
   * The maker of a token.
   *
   * @param actor as it stands in the audit log
   * @param account the administrator, also of a token that another token made; null for the admin
   *     token of the data folder
   * @param token the token that made it; null when none did
   */
  public record Maker(String actor, @Nullable UUID account, @Nullable UUID token) {}

  /** The longest time from the creation to the end. */
  public static final Duration LONGEST = Duration.ofDays(366);

  /**
   * The token as an administrator. Names of administrators have no spaces, so that the audit log
   * cannot take one for the other.
   */
  public Administrator administrator() {
    return new Administrator(id, "token " + name, role, tenants);
  }
}
