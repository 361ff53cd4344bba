package io.gatehouse.command;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The places that one tenant holds. */
final class TenantShare {

  private final Map<UUID, Integer> heldByConnection = new HashMap<>();
  private final RecentTenants connections = new RecentTenants();
  private int held;
  private double busy;
  private long at;

  RecentTenants connections() {
    return connections;
  }

  int held() {
    return held;
  }

  void take(UUID connection) {
    held++;
    heldByConnection.merge(connection, 1, Integer::sum);
  }

  void give(UUID connection, long duration, long now) {
    held--;
    heldByConnection.computeIfPresent(connection, (id, n) -> n > 1 ? n - 1 : null);
    busy = busy(now) + duration / (double) RecentTenants.LATELY;
    at = now;
  }

  int of(UUID connection) {
    return heldByConnection.getOrDefault(connection, 0);
  }

  /** Average number of places that it has held lately. */
  double busy(long now) {
    return busy == 0 ? 0 : busy * Math.exp((at - now) / (double) RecentTenants.LATELY);
  }
}
