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
 * Commands of webhooks and polls that could not be applied. The commands of one resource stay in
 * order until an administrator replays or discards them.
 */
public interface Parking {

  /** Why a command is parked. */
  enum Cause {
    /** The brake has stopped a wave of deactivations. */
    BRAKE,

    /** The command has repeatedly caused an internal error. */
    BROKEN,

    /** An earlier command of the same resource is parked. */
    BEHIND;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The resources with parked commands, by ordering key. */
  Set<String> occupied(Collection<String> orderingKeys);

  /** Parks a command, inside the transaction in which it could not be applied. */
  void park(Envelope envelope, Cause cause);

  /**
   * The parked commands of one resource.
   *
   * @param key of the resource
   * @param cause of the first command, which {@code count - 1} others follow
   * @param since when the first one was parked
   * @param userName of the user, as far as there is one
   * @param outdated whether a newer command has been applied since
   */
  record Queue(
      UUID key,
      String tenant,
      UUID connection,
      UUID target,
      @Nullable String userName,
      Cause cause,
      int count,
      Instant since,
      boolean outdated) {}

  /**
   * The queues of the resources of these tenants, the oldest first; at most a thousand.
   *
   * @param tenants their slugs
   */
  List<Queue> queues(Collection<String> tenants);

  /** The keys of a connection's resources whose commands the brake has stopped. */
  List<UUID> braked(UUID connection);

  /**
   * A parked command.
   *
   * @param place identifies it among all parked commands
   * @param again its id for the replay
   */
  record Parked(long place, CommandId again, Envelope envelope) {}

  /** The first parked commands of a resource, in their order; they stay parked. */
  List<Parked> first(UUID key, int limit);

  /** Ends the parking of a resource; its commands are kept until they are removed. */
  List<Parked> open(UUID key);

  /** Deletes commands that were sent again; one that was parked anew meanwhile stays. */
  void close(Collection<Parked> sent);

  /**
   * Deletes the commands of a resource, except those that a replay has opened within a minute and
   * may be sending.
   *
   * @param braked whether to delete only those that the brake has stopped
   * @return their number
   */
  int discard(UUID key, boolean braked);

  /** The parked commands of one resource; null when there are none. */
  @Nullable Queue queue(UUID key);
}
