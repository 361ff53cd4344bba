package io.gatehouse.audit;

import io.gatehouse.audit.AuditChain.Found;
import io.gatehouse.audit.AuditChain.Head;
import io.gatehouse.audit.AuditChain.Place;
import io.gatehouse.audit.AuditChain.Placed;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Compares the entries of a tenant with their chain, and names each row that was changed, removed,
 * inserted or exchanged with another one. It reads in parts and needs little memory.
 */
public final class AuditVerification {

  /** After so many problems the walk ends. */
  public static final int MOST = 100;

  private static final int BATCH = 1_000;

  private final AuditChain chain;
  private final AuditSeal seal;
  private final AuditCheckpoints checkpoints;

  public AuditVerification(AuditChain chain, AuditSeal seal, AuditCheckpoints checkpoints) {
    this.chain = chain;
    this.seal = seal;
    this.checkpoints = checkpoints;
  }

  /**
   * Verifies one chain.
   *
   * @param tenant null for the entries that belong to no tenant
   */
  public AuditReport verify(@Nullable UUID tenant) {
    Head head = head(tenant);
    AuditWalk walk = new AuditWalk(seal);
    long checked = walkAlong(walk, head);
    long waiting = 0;
    if (!walk.isFull()) {
      walk.end(head);
      compare(walk, tenant, head);
      chain.beyondTheHead(tenant, BATCH).forEach(it -> walk.inserted(it.id(), it.sequence(), null));
      waiting = lookForStrangers(walk, tenant);
    }
    List<AuditReport.Problem> problems =
        walk.problems().subList(0, Math.min(MOST, walk.problems().size()));
    return new AuditReport(checked, waiting, head.sequence(), List.copyOf(problems));
  }

  private Head head(@Nullable UUID tenant) {
    return chain.heads(Collections.singleton(tenant)).stream()
        .findFirst()
        .orElse(Head.none(tenant));
  }

  private long walkAlong(AuditWalk walk, Head head) {
    long checked = 0;
    long after = 0;
    List<Found> part;
    do {
      part = chain.links(head.tenant(), after, head.sequence(), BATCH);
      for (Found it : part) {
        after = it.link().sequence();
        walk.next(it);
        checked++;
      }
    } while (part.size() == BATCH && !walk.isFull());
    return checked;
  }

  /** Finds out whether the newest entries were removed together with their links and the head. */
  private void compare(AuditWalk walk, @Nullable UUID tenant, Head head) {
    Optional<Head> before = checkpoints.of(tenant);
    before.ifPresent(
        it -> {
          walk.missing(it.sequence(), "The row is in the last checkpoint, and was removed.");
          if (it.sequence() <= head.sequence() && !checkpoints.holds(it)) {
            walk.differs(it.sequence());
          }
        });
  }

  private long lookForStrangers(AuditWalk walk, @Nullable UUID tenant) {
    long waiting = 0;
    long after = 0;
    List<Placed> part;
    do {
      part = chain.entries(tenant, after, BATCH);
      for (Placed it : part) {
        after = it.id();
        if (it.place() == Place.OUTSIDE) {
          walk.inserted(it.id(), null, it.at());
        } else if (it.place() == Place.WAITING) {
          waiting++;
        }
      }
    } while (part.size() == BATCH && !walk.isFull());
    return waiting;
  }
}
