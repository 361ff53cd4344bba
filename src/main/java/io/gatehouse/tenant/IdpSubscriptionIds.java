package io.gatehouse.tenant;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The subscriptions that the gateway has created at IdPs, so that they call its webhook. */
@FunctionalInterface
public interface IdpSubscriptionIds {

  /** The ids by connection, for the connections that create subscriptions. */
  Map<UUID, Set<String>> all();
}
