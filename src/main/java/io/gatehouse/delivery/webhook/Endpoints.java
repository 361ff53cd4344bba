package io.gatehouse.delivery.webhook;

import io.gatehouse.delivery.queue.ReplayJobs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The endpoints of all tenants, with their positions in the feed. */
public interface Endpoints {

  /**
   * Adds an endpoint, at the present end of the feed; false when the tenant has an endpoint of this
   * name.
   */
  boolean add(Endpoint endpoint, SigningSecret secret);

  /** Removes an endpoint with its pending deliveries. */
  void remove(Endpoint endpoint);

  Optional<Endpoint> find(String tenantSlug, String name);

  List<Endpoint> all();

  Standing standing(Endpoint endpoint);

  /** Enables a disabled endpoint at its position, and makes its pending deliveries due at once. */
  void enable(Endpoint endpoint, Instant now);

  /** Sends one event again; false when the event was never planned for the endpoint. */
  boolean resend(Endpoint endpoint, UUID event, Instant now);

  /**
   * Moves the position of the endpoint back in the feed, so that all events since then are sent
   * again.
   */
  void rewind(Endpoint endpoint, ReplayJobs.From from);

  /**
   * The state of an endpoint.
   *
   * @param disabledBecause null while it is enabled
   * @param backlog number of pending deliveries and of changes that are not planned yet
   */
  record Standing(
      @Nullable String disabledBecause,
      long backlog,
      @Nullable Instant lastSuccess,
      @Nullable Trouble lastProblem) {}

  /** The last problem, and its time. */
  record Trouble(Instant at, String problem) {}
}
