package io.gatehouse.audit;

import io.gatehouse.audit.AuditTrail.Entry;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what happened to one user or group, the latest entry first. */
public interface Timeline {

  /**
   * The criteria of a search.
   *
   * @param resource id of a user or a group
   * @param failures whether to leave out what was done
   * @param before the last entry of the previous page, or null
   */
  record Search(UUID tenant, UUID resource, boolean failures, @Nullable Long before, int count) {}

  /**
   * An attempt to deliver an event to an endpoint, or an event that waits for one.
   *
   * @param endpoint its name
   * @param at when it was attempted; null for an event that waits
   * @param status of HTTP; null when there was no answer
   * @param due when the next attempt is made; null for an attempt
   */
  record Delivery(
      UUID event,
      String endpoint,
      @Nullable Instant at,
      @Nullable Integer status,
      @Nullable String problem,
      @Nullable Instant due) {}

  /**
   * The latest change of an attribute.
   *
   * @param path as in differences; empty for the command that created the user or group
   * @param channel {@code import}, or that of a webhook or poll; else null
   */
  record Origin(
      String path,
      Instant at,
      String actor,
      String action,
      @Nullable UUID connection,
      @Nullable String channel) {}

  List<Entry> entries(Search search);

  /** The deliveries of these events of a user or group to endpoints, the latest first. */
  List<Delivery> deliveries(UUID tenant, UUID resource, Collection<UUID> events);

  /** The latest change of each path among the latest thousand entries, and the creation. */
  List<Origin> origins(UUID tenant, UUID resource);
}
