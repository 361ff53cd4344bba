package io.gatehouse.directory;

import java.time.Instant;
import java.util.List;

/** Stores what happened in each minute, for two days. */
public interface Rates {

  /** Adds minutes to those of other instances. */
  void add(List<RateMinute> minutes);

  /**
   * The minutes in which something happened.
   *
   * @param tenant slug, or {@link RateMinute#GATEWAY}
   */
  List<RateMinute> since(String tenant, Instant from);

  /** Deletes minutes that are older than two days. */
  void forget();
}
