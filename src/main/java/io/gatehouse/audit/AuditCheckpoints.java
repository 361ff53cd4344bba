package io.gatehouse.audit;

import io.gatehouse.audit.AuditChain.Head;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the heads of the chains outside of the database, in a file of the data folder: a line with
 * tenant, position and hash for each chain. Entries that were removed from the end of a chain
 * together with its head are found by it.
 */
public final class AuditCheckpoints {

  private static final Logger LOG = LoggerFactory.getLogger(AuditCheckpoints.class);
  private static final String NO_TENANT = "-";
  private static final int FIELDS = 3;

  private final AuditChain chain;
  private final Path file;

  public AuditCheckpoints(AuditChain chain, Path folder) {
    this.chain = chain;
    this.file = folder.resolve("audit-checkpoints");
  }

  /**
   * Takes a checkpoint of each chain. The earlier one of a chain stays when the chain does not
   * contain it any more.
   */
  public void run() {
    Map<String, Head> kept = new TreeMap<>(read());
    long entries = 0;
    for (Head head : chain.heads()) {
      Head before = kept.get(name(head.tenant()));
      if (before == null || (before.sequence() <= head.sequence() && holds(before))) {
        kept.put(name(head.tenant()), head);
        entries += head.sequence();
      } else {
        LOG.error(
            "The audit log of tenant {} differs from its checkpoint at position {}",
            name(head.tenant()),
            before.sequence());
      }
    }
    write(kept);
    LOG.info("Checkpoint of the audit log: {} chains with {} entries", kept.size(), entries);
  }

  /** The last checkpoint of a chain. */
  public Optional<Head> of(@Nullable UUID tenant) {
    return Optional.ofNullable(read().get(name(tenant)));
  }

  /** Whether the chain contains a checkpoint. */
  boolean holds(Head checkpoint) {
    return chain
        .link(checkpoint.tenant(), checkpoint.sequence())
        .filter(it -> it.hash().equals(checkpoint.hash()))
        .isPresent();
  }

  private static String name(@Nullable UUID tenant) {
    return tenant == null ? NO_TENANT : tenant.toString();
  }

  private Map<String, Head> read() {
    Map<String, Head> heads = new LinkedHashMap<>();
    try {
      for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
        String[] fields = line.split(" ");
        if (fields.length == FIELDS) {
          UUID tenant = NO_TENANT.equals(fields[0]) ? null : UUID.fromString(fields[0]);
          heads.put(fields[0], new Head(tenant, Long.parseLong(fields[1]), fields[2]));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + file + " cannot be read", e);
    }
    return heads;
  }

  private void write(Map<String, Head> heads) {
    List<String> lines =
        heads.entrySet().stream()
            .map(it -> it.getKey() + " " + it.getValue().sequence() + " " + it.getValue().hash())
            .toList();
    try {
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      Files.write(draft, lines);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("The checkpoint of the audit log could not be written to {}", file, e);
    }
  }
}
