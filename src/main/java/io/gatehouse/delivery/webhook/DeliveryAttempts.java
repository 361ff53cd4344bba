package io.gatehouse.delivery.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The attempts of deliveries and their results; bodies are not stored. */
public interface DeliveryAttempts {

  /** The receiver has accepted the event. */
  void delivered(DeliveryAttempt attempt);

  /** The receiver has not accepted the event; the next attempt is at {@code again}. */
  void failed(DeliveryAttempt attempt, Instant again);

  /** The receiver has not accepted the event, and the endpoint is disabled. */
  void stopped(DeliveryAttempt attempt, String why);

  /**
   * Attempts of an endpoint, the latest first.
   *
   * @param before only attempts before this one, or null for the latest
   */
  List<Entry> of(Endpoint endpoint, @Nullable Long before, int limit);

  /** Deletes attempts that are older than a month. */
  void forget();

  /** An attempt as stored. */
  record Entry(
      long id,
      UUID event,
      Instant at,
      @Nullable Integer status,
      @Nullable String problem,
      long millis) {}
}
