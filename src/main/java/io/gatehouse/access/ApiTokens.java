package io.gatehouse.access;

import io.gatehouse.tenant.BearerToken;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Stores the tokens of the admin API; of their secrets, only SHA-256. */
public interface ApiTokens {

  /** Adds a token; false when a live one has the same name, without regard to case. */
  boolean add(ApiToken token, BearerToken secret);

  /**
   * The live tokens among these, and notes that they are used. A token that grants more than its
   * maker may do now is none of them.
   *
   * @throws io.gatehouse.store.StoreUnavailableException when the store is unavailable
   */
  Map<BearerToken, ApiToken> live(Set<BearerToken> secrets);

  Optional<ApiToken> find(UUID id);

  /** The newest 500 tokens, ended and revoked ones too. */
  List<ApiToken> all();

  /** Revokes a token and those that were made with it; the answer is those that it revoked. */
  List<ApiToken> revoke(UUID id);
}
