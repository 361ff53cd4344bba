package io.gatehouse.inbox;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Signals that were accepted and wait to be turned into commands. */
public interface Inbox {

  /**
   * Stores signals in their order, all or none. Signals of an event that the connection has sent
   * before are left out. So is a signal without an event id that equals the last one of the same
   * subject, as long as that one has no attempt. A processor must count the attempt, and commit
   * that, before it calls the IdP.
   */
  void add(UUID connection, List<Signal> signals);

  /**
   * Stores the signals and the watermark of a poll, both or neither.
   *
   * @param watermark where the next poll begins
   */
  void addPolled(UUID connection, List<Signal> signals, String watermark);

  /** Where the next poll begins; null before the first. */
  @Nullable String watermark(UUID connection);
}
