package io.gatehouse.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.SqlArrayValue;

/** Converts values to and from PostgreSQL. */
final class ColumnValues {

  private ColumnValues() {}

  /**
   * One column of a set of rows, as an array for {@code unnest}. The driver sends strings and
   * numbers in binary only if the array is of their type; else it quotes and escapes each of them,
   * and the server reads that character by character.
   */
  static <T> SqlArrayValue array(
      String type, Collection<T> rows, Function<T, @Nullable Object> column) {
    return new SqlArrayValue(type, rows.stream().map(column).toArray(elements(type)));
  }

  private static IntFunction<Object[]> elements(String type) {
    return switch (type) {
      case "text" -> String[]::new;
      case "bigint" -> Long[]::new;
      case "int" -> Integer[]::new;
      case "boolean" -> Boolean[]::new;
      default -> Object[]::new;
    };
  }

  static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp timestamp = row.getTimestamp(column);
    return timestamp == null ? null : timestamp.toInstant();
  }
}
