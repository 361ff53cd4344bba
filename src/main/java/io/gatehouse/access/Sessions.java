package io.gatehouse.access;

import io.gatehouse.tenant.BearerToken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Stores the sessions of the portal; of their tokens, only hashes. A session ends after {@link
 * #IDLE} without a request, and after {@link #LONGEST} in any case.
 */
public interface Sessions {

  Duration IDLE = Duration.ofMinutes(30);
  Duration LONGEST = Duration.ofHours(12);

  /** For how long a given password stands for sensitive acts. */
  Duration CONFIRMED = Duration.ofMinutes(5);

  void open(BearerToken token, Opening opening);

  /**
   * How a session begins.
   *
   * @param address where it is opened from
   * @param agent the browser, as it calls itself
   * @param confirmed whether the administrator has just proven who it is, by the password or anew
   *     at the OIDC provider
   */
  record Opening(UUID account, String address, String agent, boolean confirmed) {}

  /**
   * The live session of a token whose account is not disabled.
   *
   * @throws io.gatehouse.store.StoreUnavailableException when the store is unavailable
   */
  Optional<Session> find(BearerToken token);

  /** The session was used. */
  void seen(UUID id);

  /** The password was given again. */
  void confirmed(UUID id);

  void close(UUID id);

  /** Ends all sessions of an account. */
  void closeAll(UUID account);

  /** Ends all sessions of an account but one. */
  void closeOthers(UUID account, UUID kept);

  /** The live session with this id. */
  Optional<Session> live(UUID id);

  /** The live sessions of all accounts, the last used one first. */
  List<Session> live();
}
