package io.gatehouse.tenant;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The subscriptions that the gateway has made at IdPs, so that they call it. */
@FunctionalInterface
public interface IdpSubscriptionIds {

  /** Their ids, for the connections that make any. */
  Map<UUID, Set<String>> all();
}
