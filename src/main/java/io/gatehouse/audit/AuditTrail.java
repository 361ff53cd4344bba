package io.gatehouse.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the audit log, the latest entry first. */
public interface AuditTrail {

  /** A search looks at so many entries at most; after that, the page ends early. */
  int WINDOW = 50_000;

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
      Filter filter,
      @Nullable Long before,
      int count) {

    /** The same search, after an entry. */
    public Search after(long entry) {
      return new Search(tenant, resource, connection, action, filter, entry, count);
    }
  }

  /**
   * Criteria for which there is no index.
   *
   * @param actor as it stands in the entry, or its part before the colon, for example {@code idp}
   * @param from the earliest time
   * @param until the first time that is too late
   * @param outcome null for all
   */
  record Filter(
      @Nullable String actor,
      @Nullable Instant from,
      @Nullable Instant until,
      @Nullable Outcome outcome) {

    public static final Filter NONE = new Filter(null, null, null, null);
  }

  /** The class of a status. */
  enum Outcome {
    DONE(0, 399),
    REFUSED(400, 499),
    FAILED(500, 599);

    private final int lowest;
    private final int highest;

    Outcome(int lowest, int highest) {
      this.lowest = lowest;
      this.highest = highest;
    }

    public int lowest() {
      return lowest;
    }

    public int highest() {
      return highest;
    }
  }

  /**
   * A page.
   *
   * @param next the entry after which the next page begins; null when there is no further entry
   */
  record Page(List<Entry> entries, @Nullable Long next) {}

  /**
   * An entry with the event that announced it.
   *
   * @param detail the part with personal data: {@code refused}, {@code repairs}, {@code changes},
   *     {@code members}, {@code reason}, {@code source}; empty after an erasure
   * @param address IP address that the call came from
   * @param credential the session or the API token of the call
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
      @Nullable String address,
      @Nullable String credential,
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

  /** A page; it may have fewer entries than wanted although a next one follows. */
  Page find(Search search);
}
