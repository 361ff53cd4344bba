package io.gatehouse.delivery.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was tried, and what came of it; bodies are not kept. */
public interface DeliveryAttempts {

  /** The receiver has the event. */
  void delivered(DeliveryAttempt attempt);

  /** The receiver does not have the event, and is asked again. */
  void failed(DeliveryAttempt attempt, Instant again);

  /** The receiver does not have the event, and the endpoint is disabled. */
  void stopped(DeliveryAttempt attempt, String why);

  /**
   * Attempts of an endpoint, the latest first.
   *
   * @param before only those before this one, or null for the latest
   */
  List<Entry> of(Endpoint endpoint, @Nullable Long before, int limit);

  /** Forgets attempts of a month ago. */
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
