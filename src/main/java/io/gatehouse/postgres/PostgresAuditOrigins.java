package io.gatehouse.postgres;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.audit.AuditSeal;
import io.gatehouse.command.Origin;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Addresses and credentials of callers in {@code audit_origin}: one row for each pair, which a
 * gateway inserts once.
 */
final class PostgresAuditOrigins {

  private static final int REMEMBERED = 10_000;

  private final JdbcClient jdbc;
  private final AuditSeal seal;
  private final Cache<UUID, Boolean> stored = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  PostgresAuditOrigins(JdbcClient jdbc, AuditSeal seal) {
    this.jdbc = jdbc;
    this.seal = seal;
  }

  /**
   * The id of an origin, which is stored when it is new; null when there is none, or only a trace.
   */
  @Nullable UUID id(@Nullable Origin origin) {
    if (origin == null || (origin.address() == null && origin.credential() == null)) {
      return null;
    }
    UUID id = seal.originId(origin);
    if (stored.getIfPresent(id) == null) {
      jdbc.sql(
              "insert into audit_origin (id, address, credential) values (?, ?, ?) on conflict do nothing")
          .param(id)
          .param(origin.address())
          .param(origin.credential())
          .update();
      remember(id);
    }
    return id;
  }

  /** A transaction that is rolled back has stored nothing. */
  private void remember(UUID id) {
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCommit() {
              stored.put(id, true);
            }
          });
    } else {
      stored.put(id, true);
    }
  }
}
