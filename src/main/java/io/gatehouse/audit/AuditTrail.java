package io.gatehouse.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the audit log, the latest entry first. */
public interface AuditTrail {

  /**
   * Which entries.
   *
   * @param tenant null for what is about none of them
   * @param resource null for all of the tenant
   * @param connection null for all
   * @param action for example {@code user.modify}; null for all
   * @param before the last entry of the page before, or null
   */
  record Search(
      @Nullable UUID tenant,
      @Nullable UUID resource,
      @Nullable UUID connection,
      @Nullable String action,
      @Nullable Long before,
      int count) {}

  /**
   * What was done or refused, and what was announced of it.
   *
   * @param detail what it says about a person: {@code refused}, {@code repairs}, {@code changes},
   *     {@code members}; empty after an erasure
   * @param event null when nothing changed, or when the log has forgotten it
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
   * @param sequence its place in the feed, and {@code at} when it was sent; null before that
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
