package io.gatehouse.inbox;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the gateway must remember of an IdP's API, and whose turn it is to ask it. */
public interface IdpStates {

  /** What somebody has kept under a name; null when nobody has. */
  @Nullable String value(UUID connection, String name);

  void keep(UUID connection, String name, String value);

  /**
   * Takes a turn, unless another instance has it or it is not free yet.
   *
   * @param atMost after which others may take it, because whoever had it has died
   */
  boolean begin(UUID connection, String turn, Duration atMost);

  /** Gives a turn back; nobody takes it during the pause. */
  void end(UUID connection, String turn, Duration pause);
}
