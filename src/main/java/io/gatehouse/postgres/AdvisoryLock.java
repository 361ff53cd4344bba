package io.gatehouse.postgres;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Lets one transaction among those of all instances do a thing, until it ends. */
final class AdvisoryLock {

  private AdvisoryLock() {}

  /** The name of the lock of work that one instance does at a time. */
  static String of(String work) {
    return "gatehouse." + work;
  }

  /** Waits until no other transaction has it. */
  static void take(JdbcClient jdbc, String name) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
        .param(name)
        .query(ignored -> {});
  }

  /** Whether no other transaction has it; does not wait. */
  static boolean tryTake(JdbcClient jdbc, String name) {
    return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended(?, 0))")
        .param(name)
        .query(Boolean.class)
        .single();
  }
}
