package io.gatehouse.delivery.webhook;

import io.gatehouse.delivery.queue.ReplayJobs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The endpoints of all tenants, and how far each has come in the feed. */
public interface Endpoints {

  /**
   * Adds an endpoint, at the present end of the feed; false when the tenant has one of this name.
   */
  boolean add(Endpoint endpoint, SigningSecret secret);

  /** Removes an endpoint, with all that was on its way. */
  void remove(Endpoint endpoint);

  Optional<Endpoint> find(String tenantSlug, String name);

  List<Endpoint> all();

  Standing standing(Endpoint endpoint);

  /** Goes on where the endpoint stopped, and tries at once whatever waits. */
  void enable(Endpoint endpoint, Instant now);

  /** Sends one event again; false when the endpoint was never sent it. */
  boolean resend(Endpoint endpoint, UUID event, Instant now);

  /** Goes back in the feed, so that everything since is sent again. */
  void rewind(Endpoint endpoint, ReplayJobs.From from);

  /**
   * How an endpoint stands.
   *
   * @param disabledBecause null while it is enabled
   * @param backlog events that wait, and changes that were not looked at yet
   */
  record Standing(
      @Nullable String disabledBecause,
      long backlog,
      @Nullable Instant lastSuccess,
      @Nullable Trouble lastProblem) {}

  /** What went wrong, and when. */
  record Trouble(Instant at, String problem) {}
}
