package io.gatehouse.lifecycle;

import io.gatehouse.command.Caller;
import io.gatehouse.scim.ResourceType;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Connections that an administrator has removed, until nothing is left of them. */
public interface Departures {

  /**
   * Somebody whom a removed connection still controls, or a group of it.
   *
   * @param connection as it was
   */
  record Remainder(Caller connection, ResourceType type, UUID id) {}

  /**
   * Hands over some of those; connections that have none are forgotten. Nobody while another
   * instance is at it.
   */
  void next(int limit, Consumer<List<Remainder>> work);
}
