package io.gatehouse.delivery.webhook;

import io.gatehouse.store.UnitOfWork;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events to endpoints, a few at a time. Endpoints whose last attempt failed have a worker
 * pool of their own, so that endpoints that do not answer cannot delay the others.
 */
public final class WebhookSender implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);

  private final UnitOfWork unit;
  private final PendingDeliveries deliveries;
  private final DeliveryAttempts deliveryAttempts;
  private final WebhookRequests requests;
  private final Consumer<String> tally;
  private final Clock clock;
  private final RetrySchedule schedule =
      new RetrySchedule(() -> ThreadLocalRandom.current().nextDouble());
  private final WorkerPool sound;
  private final WorkerPool struggling;

  /**
   * Starts the worker pools.
   *
   * @param tally receives the outcome of each attempt: delivered, failed or disabled
   */
  public WebhookSender(
      UnitOfWork unit,
      PendingDeliveries deliveries,
      DeliveryAttempts deliveryAttempts,
      WebhookRequests requests,
      Clock clock,
      Consumer<String> tally) {
    this.unit = unit;
    this.deliveries = deliveries;
    this.deliveryAttempts = deliveryAttempts;
    this.requests = requests;
    this.clock = clock;
    this.tally = tally;
    this.sound =
        new WorkerPool("webhook-sender", 6, places -> take(false, places, 3), this::deliver);
    this.struggling =
        new WorkerPool("webhook-sender-again", 2, places -> take(true, places, 1), this::deliver);
  }

  /**
   * Plans the due events and starts their deliveries, and does not wait for them. An interrupted
   * delivery becomes due again when its lease ends.
   */
  public void run() {
    boolean more = deliveries.isAnybodyServed();
    while (more) {
      more = unit.inTransaction(this::planNext);
      sound.fill();
      struggling.fill();
    }
  }

  private boolean planNext() {
    Optional<PendingDeliveries.Page> page = deliveries.nextPage();
    page.ifPresent(
        it -> deliveries.plan(it, requests.plan(it.endpoint(), it.changes()), clock.instant()));
    return page.isPresent();
  }

  private List<PendingDelivery> take(boolean fromStruggling, int places, int each) {
    return deliveries.take(
        new PendingDeliveries.Load(fromStruggling, places, each), clock.instant());
  }

  private void deliver(PendingDelivery delivery) {
    DeliveryAttempt attempt = requests.run(delivery);
    if (attempt.response().accepted()) {
      deliveryAttempts.delivered(attempt);
      tally.accept("delivered");
    } else {
      tryAgain(attempt);
    }
  }

  private void tryAgain(DeliveryAttempt attempt) {
    EndpointResponse response = attempt.response();
    int failures = attempt.delivery().failures() + 1;
    Optional<Duration> pause =
        response.gone() ? Optional.empty() : schedule.pause(failures, response.pause(attempt.at()));
    if (pause.isPresent()) {
      deliveryAttempts.failed(attempt, attempt.at().plus(pause.get()));
      tally.accept("failed");
    } else {
      stop(attempt, failures);
    }
  }

  private void stop(DeliveryAttempt attempt, int failures) {
    PendingDelivery delivery = attempt.delivery();
    String problem = attempt.response().problem();
    String why =
        attempt.response().gone()
            ? "The receiver answered 410: it wants nothing more."
            : "Event " + delivery.place().event() + " failed " + failures + " times. " + problem;
    deliveryAttempts.stopped(attempt, why);
    tally.accept("disabled");
    LOG.warn("The endpoint {} is disabled. {}", delivery.endpoint().claim().queue(), why);
  }

  @Override
  public void close() {
    sound.close();
    struggling.close();
  }
}
