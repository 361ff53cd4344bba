package io.gatehouse.faults;

import io.gatehouse.faults.Interception.Invocation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;

/** The transaction of one connection: what it has done so far, and its halt points. */
final class SqlTransaction {

  /** What the transaction of this thread has done. */
  private static final ThreadLocal<Set<SqlStep>> CURRENT =
      ThreadLocal.withInitial(() -> EnumSet.noneOf(SqlStep.class));

  private final Connection connection;
  private final Set<SqlStep> done = EnumSet.noneOf(SqlStep.class);

  SqlTransaction(Connection connection) {
    this.connection = connection;
  }

  /** Whether the thread is in a transaction that marks changes as announced. */
  static boolean isOfTheRelay() {
    return CURRENT.get().contains(SqlStep.MARK);
  }

  void before(SqlStep step) throws SQLException {
    if (step == SqlStep.OUTCOMES && done.contains(SqlStep.SAVE)) {
      Faults.pass(HaltPoint.APPLY_AFTER_SAVE);
    }
  }

  void after(SqlStep step) throws SQLException {
    done.add(step);
    CURRENT.get().add(step);
    if (step == SqlStep.SAVE && Faults.has(SeededBug.CHANGE_APART)) {
      connection.commit();
    }
    if (step == SqlStep.ERASE) {
      if (Faults.has(SeededBug.ERASURE_IN_TWO)) {
        connection.commit();
      }
      Faults.pass(HaltPoint.ERASURE_MID);
    }
  }

  void commit(Invocation commit) throws Throwable {
    Set<SqlStep> kind = done.isEmpty() ? Set.of() : EnumSet.copyOf(done);
    if (kind.contains(SqlStep.OUTCOMES)) {
      applied(commit, kind.contains(SqlStep.ERASE));
    } else {
      commit.proceed();
    }
    end();
    if (kind.contains(SqlStep.MARK)) {
      Faults.pass(HaltPoint.RELAY_AFTER_MARK);
      FaultyPublisher.sendHeldBack();
    }
  }

  private static void applied(Invocation commit, boolean erasure) throws Throwable {
    if (Faults.has(SeededBug.ACKNOWLEDGE_FIRST)) {
      FaultyJms.acknowledge();
    }
    Faults.hold();
    Faults.pass(HaltPoint.APPLY_BEFORE_COMMIT);
    if (erasure) {
      Faults.pass(HaltPoint.ERASURE_BEFORE_COMMIT);
    }
    commit.proceed();
    Faults.pass(HaltPoint.APPLY_AFTER_COMMIT);
    if (erasure) {
      Faults.pass(HaltPoint.ERASURE_AFTER_COMMIT);
    }
  }

  void end() {
    done.clear();
    CURRENT.get().clear();
  }
}
