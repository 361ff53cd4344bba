package io.gatehouse.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it is stored.
 *
 * @param tenant null for an entry that belongs to no tenant
 * @param origin the id of the address and credential that the call came with
 * @param detail null when there is none, or none any more
 */
public record AuditRecord(
    long id,
    @Nullable UUID tenant,
    @Nullable UUID connection,
    String actor,
    String action,
    @Nullable UUID resource,
    @Nullable Long version,
    int status,
    @Nullable UUID command,
    @Nullable UUID origin,
    Instant at,
    @Nullable Detail detail) {

  /**
   * The part with personal data.
   *
   * @param text JSON as the database prints it
   * @param salt random, deleted together with the text
   */
  public record Detail(UUID salt, String text) {}
}
