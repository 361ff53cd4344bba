package io.gatehouse.audit;

import io.gatehouse.audit.AuditChain.Found;
import io.gatehouse.audit.AuditChain.Head;
import io.gatehouse.audit.AuditChain.Link;
import io.gatehouse.audit.AuditReport.Kind;
import io.gatehouse.audit.AuditReport.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One walk along a chain; it remembers a few links only. */
final class AuditWalk {

  private static final String CHANGED = "The row was changed.";
  private static final String GONE = "The row was removed.";
  private static final String MOVED = "The row stands in the place of another one.";
  private static final String STRANGE = "The row was not written by the gateway.";

  private final AuditSeal seal;
  private final LinkOrder order;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Changed> changed = new ArrayList<>();
  private String previous = AuditSeal.START;
  private long expected = 1;

  AuditWalk(AuditSeal seal) {
    this.seal = seal;
    this.order = new LinkOrder(seal, this::misplaced);
  }

  /** A changed entry: the problem, the hash that it has and the one that it should have. */
  private record Changed(Problem problem, String actual, String stored) {}

  List<Problem> problems() {
    return problems;
  }

  boolean isFull() {
    return problems.size() >= AuditVerification.MOST;
  }

  void next(Found found) {
    Link link = found.link();
    boolean gap = link.sequence() > expected;
    missing(link.sequence() - 1, GONE);
    expected = link.sequence() + 1;
    String should = seal.link(previous, link.id(), link.content(), link.detail());
    boolean linked = gap || should.equals(link.hash());
    boolean authentic = checkEntry(found, linked);
    order.next(link, found.entry(), linked ? null : should, authentic);
    previous = link.hash();
  }

  /** Reports the positions from the expected one to the last one. */
  void missing(long last, String explanation) {
    while (expected <= last && !isFull()) {
      problems.add(new Problem(Kind.REMOVED, null, expected++, null, explanation));
    }
  }

  /** Compares the end with the head of the chain. */
  void end(Head head) {
    missing(head.sequence(), GONE);
    order.end(head.hash());
    if (problems.isEmpty() && !previous.equals(head.hash())) {
      problems.add(
          new Problem(
              Kind.ALTERED, null, head.sequence(), null, "The end of the chain was changed."));
    }
    for (Changed it : changed) {
      boolean elsewhere =
          changed.stream()
              .anyMatch(other -> !other.equals(it) && other.stored().equals(it.actual()));
      if (elsewhere) {
        Problem was = it.problem();
        problems.set(
            problems.indexOf(was),
            new Problem(Kind.REORDERED, was.id(), was.sequence(), was.at(), MOVED));
      }
    }
  }

  /** The chain was rewritten before the last checkpoint. */
  void differs(long sequence) {
    problems.add(
        new Problem(
            Kind.ALTERED, null, sequence, null, "The chain differs from the last checkpoint."));
  }

  void inserted(long id, @Nullable Long sequence, @Nullable Instant at) {
    problems.add(new Problem(Kind.INSERTED, id, sequence, at, STRANGE));
  }

  /** Whether the entry is as it was; reports what is not. */
  private boolean checkEntry(Found found, boolean linked) {
    Link link = found.link();
    AuditRecord entry = found.entry();
    if (entry == null) {
      problems.add(new Problem(Kind.REMOVED, link.id(), link.sequence(), null, GONE));
      return false;
    }
    String actual = seal.content(entry);
    if (actual.equals(link.content())) {
      checkDetail(found, entry);
      return true;
    }
    Problem problem =
        linked
            ? problem(Kind.ALTERED, link, entry, CHANGED)
            : problem(Kind.INSERTED, link, entry, STRANGE);
    problems.add(problem);
    changed.add(new Changed(problem, actual, link.content()));
    return false;
  }

  private void checkDetail(Found found, AuditRecord entry) {
    String expectedHash = found.link().detail();
    String actual = seal.detail(entry);
    if (actual == null && expectedHash != null && !found.erased()) {
      problems.add(problem(Kind.REMOVED, found.link(), entry, "The detail was removed."));
    } else if (actual != null && !actual.equals(expectedHash)) {
      problems.add(problem(Kind.ALTERED, found.link(), entry, "The detail was changed."));
    }
  }

  private void misplaced(LinkOrder.Misplaced it) {
    Instant at = it.entry() == null ? null : it.entry().at();
    boolean removed = it.kind() == Kind.REMOVED;
    problems.add(
        new Problem(
            it.kind(),
            removed ? null : it.link().id(),
            it.link().sequence(),
            removed ? null : at,
            removed
                ? "A row before this position was removed, or this row was changed."
                : it.kind() == Kind.REORDERED ? MOVED : "The hash of the row was changed."));
  }

  private static Problem problem(Kind kind, Link link, AuditRecord entry, String explanation) {
    return new Problem(kind, link.id(), link.sequence(), entry.at(), explanation);
  }
}
