package io.gatehouse.lifecycle;

import io.gatehouse.command.Caller;
import io.gatehouse.scim.ResourceType;
import java.util.List;
import java.util.UUID;

/** Connections that an administrator has removed, until nothing is left of them. */
public interface RemovedConnections {

  /**
   * Somebody whom a removed connection still controls, or a group of it.
   *
   * @param connection as it was
   */
  record Remainder(Caller connection, ResourceType type, UUID id) {}

  /** Some of what is left of removed connections. */
  List<Remainder> next(int limit);

  /** Forgets removed connections of which nothing is left. */
  void forgetEmpty();
}
