package io.gatehouse.directory;

import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Commands that nobody waits for and that could not be applied. They stand in order, those of one
 * resource behind each other, until an administrator has them applied or discards them.
 */
public interface Parking {

  /** Why a command is parked. */
  enum Cause {
    /** Too many leave at once. */
    BRAKE,

    /** It breaks us. */
    BROKEN,

    /** One of the same resource is parked before it. */
    BEHIND;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The resources, by ordering key, of which commands are parked. */
  Set<String> occupied(Collection<String> orderingKeys);

  /** Parks a command inside the transaction in which it was not applied. */
  void park(Envelope envelope, Cause cause);

  /**
   * What is parked of one resource.
   *
   * @param key of the resource
   * @param cause of the first command, behind which {@code count - 1} stand
   * @param since when the first one was parked
   * @param outdated whether something newer has been applied since
   */
  record Queue(
      UUID key,
      String tenant,
      UUID connection,
      UUID target,
      Cause cause,
      int count,
      Instant since,
      boolean outdated) {}

  /** All of them, the oldest first; at most a thousand. */
  List<Queue> queues();

  /** The keys of those of a connection that the brake has stopped. */
  List<UUID> braked(UUID connection);

  /**
   * A parked command.
   *
   * @param again its id when it is sent again
   */
  record Parked(CommandId again, Envelope envelope) {}

  /** Opens the way for a resource: its commands are no longer parked, and still kept. */
  List<Parked> open(UUID key);

  /** Forgets the commands of a resource; false when there are none. */
  boolean remove(UUID key);

  /** Whom the parked commands of a resource are about; null when there are none. */
  @Nullable Queue queue(UUID key);
}
