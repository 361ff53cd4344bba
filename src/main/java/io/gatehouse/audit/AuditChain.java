package io.gatehouse.audit;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stores the chains of the audit log: one for each tenant, and one for entries without a tenant.
 */
public interface AuditChain {

  /**
   * The place of an entry in its chain.
   *
   * @param sequence 1 for the first one, without gaps
   * @param content keyed hash of the entry
   * @param detail keyed hash of the detail; null when there was none
   * @param hash keyed hash of this link and the one before it
   */
  record Link(long sequence, long id, String content, @Nullable String detail, String hash) {}

  /** The last link of a chain; sequence 0 when it has none. */
  record Head(@Nullable UUID tenant, long sequence, String hash) {

    static Head none(@Nullable UUID tenant) {
      return new Head(tenant, 0, AuditSeal.START);
    }
  }

  /**
   * A link with the entry as it is now.
   *
   * @param entry null when it is not there any more
   * @param erased whether the chain has an erasure of the entry's user
   */
  record Found(Link link, @Nullable AuditRecord entry, boolean erased) {}

  /** Whether an entry has its place in a chain. */
  enum Place {
    CHAINED,
    WAITING,
    OUTSIDE
  }

  /** An entry and its place. */
  record Placed(long id, Instant at, Place place) {}

  /** Takes entries that are in no chain yet, in the order of their ids, inside a transaction. */
  List<AuditRecord> takePending(int limit);

  /** The heads of the chains of these tenants, of which one may be null. */
  List<Head> heads(Collection<@Nullable UUID> tenants);

  /** The heads of all chains. */
  List<Head> heads();

  /** Appends links and moves the head, inside a transaction. */
  void append(@Nullable UUID tenant, List<Link> links);

  /** The link at a position. */
  Optional<Link> link(@Nullable UUID tenant, long sequence);

  /** The links after a position, up to another one. */
  List<Found> links(@Nullable UUID tenant, long after, long last, int limit);

  /** Links after the head, which the gateway has not appended. */
  List<Link> beyondTheHead(@Nullable UUID tenant, int limit);

  /** The next entries by id. */
  List<Placed> entries(@Nullable UUID tenant, long after, int limit);
}
