package io.gatehouse.server;

import io.gatehouse.GatehouseProperties;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Holds up the stop of all other parts. Readiness is down from the signal to stop on, so that load
 * balancers have time to notice before a request is refused.
 */
@Component
final class StopDelay implements SmartLifecycle {

  private final Duration delay;
  private volatile boolean running;

  StopDelay(GatehouseProperties settings) {
    this.delay = settings.stopDelay();
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    try {
      boolean ignored = new CountDownLatch(1).await(delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      running = false;
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** The last to start, and the first to stop. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
