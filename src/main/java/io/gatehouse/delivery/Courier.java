package io.gatehouse.delivery;

import io.gatehouse.directory.UnitOfWork;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to endpoints, a few at a time. Endpoints whose last attempt failed have a lane of
 * their own, so that those who do not answer cannot stop those who do.
 */
public final class Courier implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  private final UnitOfWork unit;
  private final Errands errands;
  private final Attempts attempts;
  private final Dispatch dispatch;
  private final Consumer<String> tally;
  private final Clock clock;
  private final RetrySchedule schedule =
      new RetrySchedule(() -> ThreadLocalRandom.current().nextDouble());
  private final Lane sound;
  private final Lane struggling;

  /**
   * Takes what it needs.
   *
   * @param tally counts outcomes
   */
  public Courier(
      UnitOfWork unit,
      Errands errands,
      Attempts attempts,
      Dispatch dispatch,
      Clock clock,
      Consumer<String> tally) {
    this.unit = unit;
    this.errands = errands;
    this.attempts = attempts;
    this.dispatch = dispatch;
    this.clock = clock;
    this.tally = tally;
    this.sound = new Lane("courier", 6, places -> take(false, places, 3), this::deliver);
    this.struggling = new Lane("courier-again", 2, places -> take(true, places, 1), this::deliver);
  }

  /** Begins whatever is due, and does not wait for it. The row is the retry. */
  public void run() {
    boolean more = errands.isAnybodyServed();
    while (more) {
      more = unit.inTransaction(this::planNext);
      sound.fill();
      struggling.fill();
    }
  }

  private boolean planNext() {
    Optional<Errands.Page> page = errands.nextPage();
    page.ifPresent(
        it -> errands.plan(it, dispatch.plan(it.endpoint(), it.changes()), clock.instant()));
    return page.isPresent();
  }

  private List<Errand> take(boolean fromStruggling, int places, int each) {
    return errands.take(new Errands.Load(fromStruggling, places, each), clock.instant());
  }

  private void deliver(Errand errand) {
    Attempt attempt = dispatch.run(errand);
    if (attempt.reply().accepted()) {
      attempts.delivered(attempt);
      tally.accept("delivered");
    } else {
      tryAgain(attempt);
    }
  }

  private void tryAgain(Attempt attempt) {
    Reply reply = attempt.reply();
    int failures = attempt.errand().failures() + 1;
    Optional<Duration> pause =
        reply.gone() ? Optional.empty() : schedule.pause(failures, reply.pause(attempt.at()));
    if (pause.isPresent()) {
      attempts.failed(attempt, attempt.at().plus(pause.get()));
      tally.accept("failed");
    } else {
      stop(attempt, failures);
    }
  }

  private void stop(Attempt attempt, int failures) {
    Errand errand = attempt.errand();
    String problem = attempt.reply().problem();
    String why =
        attempt.reply().gone()
            ? "The receiver answered 410: it wants nothing more."
            : "Event " + errand.place().event() + " failed " + failures + " times. " + problem;
    attempts.stopped(attempt, why);
    tally.accept("disabled");
    LOG.warn("The endpoint {} is disabled. {}", errand.endpoint().claim().queue(), why);
  }

  @Override
  public void close() {
    sound.close();
    struggling.close();
  }
}
