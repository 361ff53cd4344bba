package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.directory.LatencyBuckets;
import io.gatehouse.directory.RateCounters;
import io.gatehouse.directory.RateMinute;
import io.gatehouse.directory.Rates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /rates}: how many commands were accepted, applied and refused, and how fast. */
@RestController
@RequestMapping("/admin/api/v1/rates")
public final class RatesController {

  private static final int MEDIAN = 50;
  private static final int NEARLY_ALL = 95;

  private final TenantLookup tenantLookup;
  private final Rates rates;
  private final RateCounters counters;
  private final Clock clock;

  RatesController(TenantLookup tenantLookup, Rates rates, RateCounters rateCounters, Clock clock) {
    this.tenantLookup = tenantLookup;
    this.rates = rates;
    this.counters = rateCounters;
    this.clock = clock;
  }

  /** A span of time, and the length of its steps. */
  public enum Period {
    HOUR(Duration.ofHours(1), Duration.ofMinutes(1)),
    DAY(Duration.ofDays(1), Duration.ofMinutes(15));

    private final Duration length;
    private final Duration step;

    Period(Duration length, Duration step) {
      this.length = length;
      this.step = step;
    }

    /** As it is written in a request. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    Instant beginOf(Instant time) {
      long seconds = step.toSeconds();
      return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
    }
  }

  /**
   * One step of the span.
   *
   * @param at its beginning
   * @param accepted commands that the broker has confirmed
   * @param events changes that were announced
   * @param applyP50 milliseconds from acceptance to outcome that half of the commands did not
   *     exceed, exact to a fifth; absent when there was none
   * @param eventP50 milliseconds from outcome to announcement; absent when there was none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PointView(
      Instant at,
      long accepted,
      long applied,
      long refused,
      long events,
      @Nullable Long applyP50,
      @Nullable Long applyP95,
      @Nullable Long eventP50,
      @Nullable Long eventP95) {

    static PointView of(RateMinute it) {
      return new PointView(
          it.minute(),
          it.accepted(),
          it.applied(),
          it.refused(),
          it.events(),
          percentile(it.apply(), MEDIAN),
          percentile(it.apply(), NEARLY_ALL),
          percentile(it.event(), MEDIAN),
          percentile(it.event(), NEARLY_ALL));
    }

    private static @Nullable Long percentile(List<Long> counts, int share) {
      return counts.stream().allMatch(it -> it == 0)
          ? null
          : LatencyBuckets.percentile(counts, share);
    }
  }

  public record RatesView(String period, long stepSeconds, List<PointView> points) {}

  /**
   * The rates of a tenant, or of the gateway.
   *
   * @param period {@code hour}, in minutes, or {@code day}, in quarters of an hour
   */
  @Requires(Role.VIEWER)
  @GetMapping
  public RatesView rates(
      @RequestParam(required = false) @Nullable String tenant,
      @RequestParam(defaultValue = "hour") String period) {
    if (tenant == null) {
      tenantLookup.requireAllTenants();
      return view(RateMinute.GATEWAY, period(period));
    }
    return view(tenantLookup.given(tenant).slug(), period(period));
  }

  private static Period period(String word) {
    return Arrays.stream(Period.values())
        .filter(it -> it.word().equals(word))
        .findFirst()
        .orElseThrow(() -> ProblemException.badRequest("'period' must be hour or day."));
  }

  /** The minutes that this instance has not stored yet are included. */
  private RatesView view(String tenant, Period period) {
    Instant last = period.beginOf(clock.instant());
    Instant first = last.minus(period.length).plus(period.step);
    Map<Instant, RateMinute> steps = new TreeMap<>();
    for (Instant at = first; !at.isAfter(last); at = at.plus(period.step)) {
      steps.put(at, RateMinute.none(tenant, at));
    }
    List<RateMinute> unstored = counters.unstored(tenant, first);
    Stream.concat(rates.since(tenant, first).stream(), unstored.stream())
        .forEach(
            it -> steps.computeIfPresent(period.beginOf(it.minute()), (at, sum) -> sum.plus(it)));
    List<PointView> points = new ArrayList<>();
    steps.values().forEach(it -> points.add(PointView.of(it)));
    return new RatesView(period.word(), period.step.toSeconds(), points);
  }
}
