package io.gatehouse.postgres;

import io.gatehouse.store.LostRaceException;
import io.gatehouse.store.SessionLostException;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.store.UnitOfWork;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs database transactions, and translates their errors. */
final class PostgresUnitOfWork implements UnitOfWork {

  /** SQLSTATE classes of a database that is unreachable, shutting down or out of resources. */
  private static final Set<String> AWAY = Set.of("08", "53", "57", "58");

  private static final String DISK_FULL = "53100";

  /** By a setting, or after a failover. */
  private static final String READ_ONLY = "25006";

  /** The database is reachable and accepts no writes; no command is at fault. */
  private static final Set<String> REFUSING_WRITES = Set.of(DISK_FULL, READ_ONLY);

  /** The statement exceeded its time limit; a retry would exceed it again. */
  static final String STATEMENT_TIMEOUT = "57014";

  /** The database has ended the session, because the transaction was idle for too long. */
  private static final String IDLE_TIMEOUT = "25P03";

  /** A lock timeout, for which Spring has no specific exception. */
  private static final String LOCK_TIMEOUT = "55P03";

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final DatabaseProbe probe;

  PostgresUnitOfWork(JdbcClient jdbc, TransactionTemplate transactions, DatabaseProbe probe) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.probe = probe;
  }

  @Override
  public <T> T inTransaction(Supplier<T> work) {
    try {
      return Objects.requireNonNull(transactions.execute(status -> work.get()));
    } catch (CannotCreateTransactionException e) {
      throw new StoreUnavailableException("PostgreSQL is away", e);
    } catch (ConcurrencyFailureException | DuplicateKeyException e) {
      throw new LostRaceException("another transaction was first", e);
    } catch (DataAccessException | TransactionException e) {
      throw failure(e);
    }
  }

  @Override
  public <T> Optional<T> exclusively(String name, Supplier<T> work) {
    return inTransaction(
        () ->
            AdvisoryLock.tryTake(jdbc, AdvisoryLock.of(name))
                ? Optional.of(work.get())
                : Optional.empty());
  }

  private RuntimeException failure(RuntimeException e) {
    String state = Objects.requireNonNullElse(state(e), "");
    if (LOCK_TIMEOUT.equals(state)) {
      return new LostRaceException("another transaction takes too long", e);
    }
    if (!away(e)) {
      return e;
    }
    if (REFUSING_WRITES.contains(state) || !probe.answers()) {
      return new StoreUnavailableException("PostgreSQL is away", e);
    }
    return new SessionLostException("PostgreSQL has failed, and answers", e);
  }

  /** Whether the database is unavailable; an error without an SQLSTATE is a connection failure. */
  static boolean away(Exception e) {
    if (e instanceof TransactionException) {
      return true;
    }
    Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
    String state = state(e);
    return state == null
        ? cause instanceof java.io.IOException || cause instanceof SQLException
        : state.equals(IDLE_TIMEOUT)
            || state.equals(READ_ONLY)
            || (AWAY.contains(state.substring(0, 2)) && !state.equals(STATEMENT_TIMEOUT));
  }

  static @Nullable String state(Exception e) {
    return NestedExceptionUtils.getMostSpecificCause(e) instanceof SQLException sql
        ? sql.getSQLState()
        : null;
  }
}
