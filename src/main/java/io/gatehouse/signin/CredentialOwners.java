package io.gatehouse.signin;

import io.gatehouse.signin.SignIns.Subject;
import io.gatehouse.tenant.BearerToken;
import java.util.UUID;

/** Finds the owner of a refused credential; an unknown subject while the store is unavailable. */
public interface CredentialOwners {

  /** The connection that has a live token with the same public prefix. */
  Subject ofToken(BearerToken token);

  /** The subscription that has this user name. */
  Subject ofSubscriber(String username);

  Subject ofConnection(UUID connection);
}
