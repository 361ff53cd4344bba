package io.gatehouse.postgres;

import org.springframework.jdbc.core.simple.JdbcClient;

/** A lock over all instances, held by one transaction until it ends. */
final class AdvisoryLock {

  private AdvisoryLock() {}

  /** The lock name of work that one instance does at a time. */
  static String of(String work) {
    return "gatehouse." + work;
  }

  /** Takes the lock; waits until no other transaction holds it. */
  static void take(JdbcClient jdbc, String name) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
        .param(name)
        .query(ignored -> {});
  }

  /** Takes the lock without waiting; false when another transaction holds it. */
  static boolean tryTake(JdbcClient jdbc, String name) {
    return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended(?, 0))")
        .param(name)
        .query(Boolean.class)
        .single();
  }
}
