package io.gatehouse.kill;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.GatewayProcess;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A load balancer: gives each request to the next gateway whose readiness was up a moment ago. */
final class ReadinessFront implements AutoCloseable {

  private static final long PERIOD_MILLIS = 250;

  private final Map<GatewayProcess, Gateway> members = new ConcurrentHashMap<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
  private volatile List<Gateway> ready = List.of();

  ReadinessFront() {
    looks.scheduleWithFixedDelay(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  void add(GatewayProcess gateway) {
    members.put(gateway, gateway.client());
    look();
  }

  /** Leaves one out, as the endpoint controller of Kubernetes does before the signal to stop. */
  void remove(GatewayProcess gateway) {
    members.remove(gateway);
    look();
  }

  private synchronized void look() {
    ready = members.values().stream().filter(ReadinessFront::isReady).toList();
  }

  private static boolean isReady(Gateway gateway) {
    try {
      return gateway.call("GET", "/actuator/health/readiness", null, null).status() == 200;
    } catch (RuntimeException e) {
      return false;
    }
  }

  Gateway next() {
    List<Gateway> now = ready;
    if (now.isEmpty()) {
      throw new IllegalStateException("no gateway is ready");
    }
    return now.get(Math.floorMod(turn.getAndIncrement(), now.size()));
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}
