package io.gatehouse.edge;

import io.gatehouse.edge.SignIns.Subject;
import java.util.UUID;

/** Finds whom a refused credential was about; nobody, while that cannot be known. */
public interface Subjects {

  /** The connection that has a live token with the same public prefix. */
  Subject ofToken(Token token);

  /** The subscription that has this user name. */
  Subject ofSubscriber(String username);

  Subject ofConnection(UUID connection);
}
