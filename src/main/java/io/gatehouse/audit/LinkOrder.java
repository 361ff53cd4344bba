package io.gatehouse.audit;

import io.gatehouse.audit.AuditChain.Link;
import io.gatehouse.audit.AuditReport.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why a link does not follow the one before it: each link fits exactly one predecessor,
 * which is looked for among its neighbours.
 */
final class LinkOrder {

  /** How far apart two rows that were exchanged may be, to be found. */
  private static final int NEIGHBOURS = 200;

  private final AuditSeal seal;
  private final Consumer<Misplaced> misplaced;
  private final List<Seen> seen = new ArrayList<>();

  LinkOrder(AuditSeal seal, Consumer<Misplaced> misplaced) {
    this.seal = seal;
    this.misplaced = misplaced;
    seen.add(new Seen(new Link(0, 0, "", null, AuditSeal.START), null, null));
  }

  /** A link that is in the wrong place, or whose predecessor is gone. */
  record Misplaced(Kind kind, Link link, @Nullable AuditRecord entry) {}

  /** A neighbour; one that is open has no known predecessor. */
  private static final class Seen {
    final Link link;
    final @Nullable AuditRecord entry;

    /** The hash that the link should have here; null when it has it. */
    final @Nullable String should;

    boolean open;
    boolean wrong;

    Seen(Link link, @Nullable AuditRecord entry, @Nullable String should) {
      this.link = link;
      this.entry = entry;
      this.should = should;
    }
  }

  /**
   * The next link.
   *
   * @param should the hash that it should have in this place; null when it has it
   * @param authentic whether its entry is one that the gateway has written; others are reported
   *     already
   */
  void next(Link link, @Nullable AuditRecord entry, @Nullable String should, boolean authentic) {
    Seen it = new Seen(link, entry, should);
    if (should != null) {
      it.wrong = true;
      it.open = authentic;
      if (authentic) {
        findPredecessor(it);
      }
    }
    resolveBy(it);
    seen.add(it);
    if (seen.size() > NEIGHBOURS) {
      giveUp(seen.remove(0));
    }
  }

  /** The end of the chain. */
  void end(String head) {
    for (Seen it : seen) {
      if (it.open && head.equals(it.should)) {
        report(Kind.ALTERED, it);
      }
      giveUp(it);
    }
    seen.clear();
  }

  private void findPredecessor(Seen it) {
    for (int i = seen.size() - 1; i >= 0; i--) {
      Seen other = seen.get(i);
      if (other.open && other.should != null && follows(it, other.should)) {
        report(Kind.ALTERED, other);
        settle(it, false);
        return;
      }
      if (follows(it, other.link.hash())) {
        boolean displaced = seen.subList(i + 1, seen.size()).stream().allMatch(s -> s.wrong);
        settle(it, !displaced && !other.wrong);
        return;
      }
    }
  }

  private void settle(Seen it, boolean moved) {
    it.open = false;
    it.wrong = moved;
    if (moved) {
      report(Kind.REORDERED, it);
    }
  }

  /** A link before its predecessor: both have changed their places. */
  private void resolveBy(Seen it) {
    boolean reported = it.wrong && !it.open;
    for (Seen other : List.copyOf(seen)) {
      if (other.open && follows(other, it.link.hash())) {
        report(Kind.REORDERED, other);
        if (!reported) {
          report(Kind.REORDERED, it);
        }
      }
    }
  }

  private boolean follows(Seen it, String previous) {
    Link link = it.link;
    return seal.link(previous, link.id(), link.content(), link.detail()).equals(link.hash());
  }

  private void giveUp(Seen it) {
    if (it.open) {
      report(Kind.REMOVED, it);
    }
  }

  private void report(Kind kind, Seen it) {
    it.open = false;
    it.wrong = true;
    misplaced.accept(new Misplaced(kind, it.link, it.entry));
  }
}
