package io.gatehouse.audit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads refused commands from the audit log. */
@FunctionalInterface
public interface Refusals {

  /**
   * A refused command.
   *
   * @param reason the sentence of the answer, which may name the user; empty after an erasure
   */
  record Refusal(
      Instant at,
      @Nullable UUID connection,
      String action,
      @Nullable UUID resource,
      int status,
      String reason) {}

  /** The latest refusals of a tenant since a time, the latest first. */
  List<Refusal> latest(UUID tenant, Instant since, int limit);
}
