package io.gatehouse.lifecycle;

import io.gatehouse.command.Caller;
import io.gatehouse.scim.ResourceType;
import java.util.List;
import java.util.UUID;

/** Connections that an administrator has removed and that still have users or groups. */
public interface RemovedConnections {

  /**
   * A user or a group that a removed connection still controls.
   *
   * @param connection the removed connection
   */
  record Remainder(Caller connection, ResourceType type, UUID id) {}

  /** Some users and groups of removed connections. */
  List<Remainder> next(int limit);

  /** Deletes removed connections without users and groups. */
  void forgetEmpty();
}
