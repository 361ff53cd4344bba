package io.gatehouse.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the audit log, the latest entry first. */
public interface AuditTrail {

  /**
   * The criteria of a search.
   *
   * @param tenant null for entries that belong to no tenant
   * @param resource null for all resources of the tenant
   * @param connection null for all
   * @param action for example {@code user.modify}; null for all
   * @param before the last entry of the previous page, or null
   */
  record Search(
      @Nullable UUID tenant,
      @Nullable UUID resource,
      @Nullable UUID connection,
      @Nullable String action,
      @Nullable Long before,
      int count) {}

  /**
   * An entry with the event that announced it.
   *
   * @param detail the part with personal data: {@code refused}, {@code repairs}, {@code changes},
   *     {@code members}; empty after an erasure
   * @param event null when nothing changed, or when the log no longer has the change
   */
  record Entry(
      long id,
      Instant at,
      String actor,
      String action,
      @Nullable UUID connection,
      @Nullable UUID resource,
      int status,
      @Nullable UUID command,
      ObjectNode detail,
      @Nullable Announced event) {}

  /**
   * The event that a change made.
   *
   * @param sequence position in the feed; null, like {@code at}, until the event is sent
   */
  record Announced(
      UUID id,
      String resourceType,
      String type,
      long version,
      @Nullable Long sequence,
      @Nullable Instant at) {}

  List<Entry> entries(Search search);
}
