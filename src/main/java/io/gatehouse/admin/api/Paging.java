package io.gatehouse.admin.api;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages of a list: {@code count} of them, and {@code next} to ask for the page after. */
final class Paging {

  private static final int DEFAULT_COUNT = 50;
  private static final int MAX_COUNT = 200;

  private Paging() {}

  static int count(@Nullable Integer wanted) {
    return wanted == null ? DEFAULT_COUNT : Math.max(1, Math.min(MAX_COUNT, wanted));
  }

  static @Nullable UUID after(@Nullable String cursor) {
    try {
      return cursor == null ? null : UUID.fromString(cursor);
    } catch (IllegalArgumentException e) {
      throw bad();
    }
  }

  static @Nullable Long before(@Nullable String cursor) {
    try {
      return cursor == null ? null : Long.valueOf(cursor);
    } catch (NumberFormatException e) {
      throw bad();
    }
  }

  private static Problem bad() {
    return Problem.badRequest("This is no cursor of an answer.");
  }

  /** The cursor of the next page, when more were found than are shown. */
  static <T> @Nullable String next(List<T> found, int count, Function<T, Object> cursor) {
    return found.size() > count ? cursor.apply(found.get(count - 1)).toString() : null;
  }

  static <T> List<T> shown(List<T> found, int count) {
    return found.subList(0, Math.min(count, found.size()));
  }
}
