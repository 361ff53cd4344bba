package io.gatehouse.audit;

import io.gatehouse.audit.AuditChain.Head;
import io.gatehouse.audit.AuditChain.Link;
import io.gatehouse.store.UnitOfWork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gives committed entries their places in the chains, on one instance at a time. It works after the
 * commit, because a chain inside of the transactions would make them wait for each other.
 */
public final class AuditChaining {

  private static final int BATCH = 1_000;

  private final UnitOfWork unit;
  private final AuditChain chain;
  private final AuditSeal seal;

  public AuditChaining(UnitOfWork unit, AuditChain chain, AuditSeal seal) {
    this.unit = unit;
    this.chain = chain;
    this.seal = seal;
  }

  /** Chains until no entry waits. After a failure, the next run tries again. */
  public void run() {
    int chained;
    do {
      chained = unit.exclusively("audit-chain", this::next).orElse(0);
    } while (chained == BATCH);
  }

  private int next() {
    Map<@Nullable UUID, List<AuditRecord>> byTenant = new LinkedHashMap<>();
    List<AuditRecord> pending = chain.takePending(BATCH);
    pending.forEach(it -> byTenant.computeIfAbsent(it.tenant(), t -> new ArrayList<>()).add(it));
    Map<@Nullable UUID, Head> heads = new HashMap<>();
    chain.heads(byTenant.keySet()).forEach(it -> heads.put(it.tenant(), it));
    byTenant.forEach(
        (tenant, entries) ->
            chain.append(tenant, links(heads.getOrDefault(tenant, Head.none(tenant)), entries)));
    return pending.size();
  }

  private List<Link> links(Head head, List<AuditRecord> entries) {
    List<Link> links = new ArrayList<>();
    String previous = head.hash();
    for (AuditRecord entry : entries) {
      String content = seal.content(entry);
      String detail = seal.detail(entry);
      String hash = seal.link(previous, entry.id(), content, detail);
      links.add(new Link(head.sequence() + links.size() + 1, entry.id(), content, detail, hash));
      previous = hash;
    }
    return links;
  }
}
