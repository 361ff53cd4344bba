package io.gatehouse.inbox;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Signals that were accepted and wait to be turned into commands. */
public interface Inbox {

  /**
   * Keeps signals in their order, all or none; those of an event that the connection has sent
   * before are left out. So is one without an event id that says what the last one about the same
   * subject says, as long as nobody has begun with that one: whoever begins must have counted the
   * attempt, and committed that, before asking the IdP.
   */
  void add(UUID connection, List<Signal> signals);

  /**
   * Keeps what a poll has found, and how far it has come, both or neither.
   *
   * @param watermark where the next poll begins
   */
  void addPolled(UUID connection, List<Signal> signals, String watermark);

  /** Where the next poll begins; null before the first. */
  @Nullable String watermark(UUID connection);
}
