package io.gatehouse.audit;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The result of a verification.
 *
 * @param checked number of entries in the chain that were checked
 * @param waiting number of entries that are not in the chain yet
 * @param last position of the last entry in the chain
 * @param problems the first {@link AuditVerification#MOST} ones
 */
public record AuditReport(long checked, long waiting, long last, List<Problem> problems) {

  /** What has happened to a row. */
  public enum Kind {
    ALTERED,
    REMOVED,
    INSERTED,
    REORDERED;

    /** The word in answers. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A row that is not as the gateway has written it.
   *
   * @param id of the entry; null when it is not known any more
   * @param sequence position in the chain; null when it has none
   * @param at time of the entry; null when it is not known any more
   * @param explanation in one sentence
   */
  public record Problem(
      Kind kind,
      @Nullable Long id,
      @Nullable Long sequence,
      @Nullable Instant at,
      String explanation) {}

  public boolean ok() {
    return problems.isEmpty();
  }
}
