package io.gatehouse.warmup;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.tenant.IdpProfiles;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Runs the code of requests before the gateway is ready, so that the JVM has loaded and compiled
 * much of it when the first request comes. It uses one thread, for a limited time, and a failure
 * ends it without consequences.
 */
@Component
final class WarmUp implements ApplicationRunner {

  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  private final Duration limit;
  private final IdpProfiles profiles;
  private final WarmUpRound round;
  private final AtomicInteger rounds = new AtomicInteger();

  WarmUp(GatehouseProperties settings, IdpProfiles profiles, WarmUpRound round) {
    this.limit = settings.warmUp();
    this.profiles = profiles;
    this.round = round;
  }

  @Override
  public void run(ApplicationArguments arguments) throws InterruptedException {
    if (limit.isZero()) {
      return;
    }
    long end = System.nanoTime() + limit.toNanos();
    Thread thread = new Thread(() -> untilThe(end), "gatehouse-warm-up");
    thread.setDaemon(true);
    thread.start();
    // A step that hangs, because a part is down, does not delay the start any longer.
    thread.join(limit.toMillis());
  }

  private void untilThe(long end) {
    try {
      while (System.nanoTime() < end) {
        for (String idp : profiles.names()) {
          round.run(idp);
        }
        rounds.incrementAndGet();
      }
    } catch (RuntimeException e) {
      LOG.debug("The warm-up ends early", e);
    }
  }

  /** How often the requests of each profile were made. */
  int rounds() {
    return rounds.get();
  }
}
