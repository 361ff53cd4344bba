package io.gatehouse.directory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened in a minute.
 *
 * @param tenant slug; empty for the gateway as a whole
 * @param minute its beginning
 * @param accepted commands that the broker has confirmed
 * @param applied commands that had an outcome other than a refusal
 * @param events changes that were announced
 * @param apply time from acceptance to outcome, as {@link LatencyBuckets}
 * @param event time from outcome to announcement, as {@link LatencyBuckets}
 */
public record RateMinute(
    String tenant,
    Instant minute,
    long accepted,
    long applied,
    long refused,
    long events,
    List<Long> apply,
    List<Long> event) {

  /** Whole-gateway minutes have no tenant. */
  public static final String GATEWAY = "";

  /** A time in which nothing happened. */
  public static RateMinute none(String tenant, Instant minute) {
    return new RateMinute(tenant, minute, 0, 0, 0, 0, List.of(), List.of());
  }

  /** Both together, at the time of this one. */
  public RateMinute plus(RateMinute other) {
    return new RateMinute(
        tenant,
        minute,
        accepted + other.accepted,
        applied + other.applied,
        refused + other.refused,
        events + other.events,
        sum(apply, other.apply),
        sum(event, other.event));
  }

  private static List<Long> sum(List<Long> one, List<Long> other) {
    List<Long> sum = new ArrayList<>();
    for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
      sum.add((i < one.size() ? one.get(i) : 0) + (i < other.size() ? other.get(i) : 0));
    }
    return List.copyOf(sum);
  }
}
