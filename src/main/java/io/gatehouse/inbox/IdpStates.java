package io.gatehouse.inbox;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stores the gateway's state of an IdP's API, and which instance has the turn to call it. */
public interface IdpStates {

  /** The text stored under a name; null when there is none. */
  @Nullable String value(UUID connection, String name);

  void keep(UUID connection, String name, String value);

  /**
   * Takes a turn; false when another instance has it or its pause has not ended.
   *
   * @param atMost the time after which other instances may take it, because this one must have died
   */
  boolean begin(UUID connection, String turn, Duration atMost);

  /** Gives a turn back; no instance can take it during the pause. */
  void end(UUID connection, String turn, Duration pause);
}
