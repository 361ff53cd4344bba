package io.gatehouse.edge;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The subscriptions that the gateway has made at IdPs, so that they call it. */
@FunctionalInterface
public interface Feeds {

  /** Their ids, for the connections that make any. */
  Map<UUID, Set<String>> all();
}
