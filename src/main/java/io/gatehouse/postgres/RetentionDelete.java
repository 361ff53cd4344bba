package io.gatehouse.postgres;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Deletes expired rows in parts, so that no statement takes long. */
final class RetentionDelete {

  private static final int AT_ONCE = 5_000;

  private RetentionDelete() {}

  /**
   * Deletes the rows for which the condition holds.
   *
   * @param condition in SQL, without any external input
   */
  static void delete(JdbcClient jdbc, String table, String condition) {
    String sql =
        "delete from %1$s where ctid = any(array(select ctid from %1$s where %2$s limit ?))"
            .formatted(table, condition);
    int deleted;
    do {
      deleted = jdbc.sql(sql).param(AT_ONCE).update();
    } while (deleted == AT_ONCE);
  }
}
