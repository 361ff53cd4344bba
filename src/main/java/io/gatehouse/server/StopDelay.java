package io.gatehouse.server;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.ProcessExit;
import io.gatehouse.StartupRefusedException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Holds up the stop of all parts. Readiness is down from the signal to stop on, so that load
 * balancers have time to notice before a request is refused.
 */
@Component
final class StopDelay {

  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Duration delay;
  private final ApplicationContext gateway;

  StopDelay(GatehouseProperties settings, ApplicationContext gateway) {
    this.delay = settings.stopDelay();
    this.gateway = gateway;
    if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
      throw new StartupRefusedException("GATEHOUSE_STOP_DELAY must be between 0s and 5m.");
    }
    ProcessExit.allow(delay);
  }

  /**
   * Before all that stops with the context, such as streams and the server of the health checks.
   */
  @EventListener
  @Order(Ordered.HIGHEST_PRECEDENCE)
  void hold(ContextClosedEvent event) throws InterruptedException {
    if (event.getApplicationContext() == gateway && !delay.isZero()) {
      boolean ignored = new CountDownLatch(1).await(delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
