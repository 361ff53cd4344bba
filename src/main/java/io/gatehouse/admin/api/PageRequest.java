package io.gatehouse.admin.api;

import io.gatehouse.directory.ResourceQuery;
import io.gatehouse.lifecycle.Leavers;
import io.gatehouse.scim.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Pagination of a list: {@code count} is the page size, {@code next} the cursor of the next page.
 */
final class PageRequest {

  private static final int DEFAULT_COUNT = 50;
  private static final int MAX_COUNT = 200;
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private PageRequest() {}

  static int count(@Nullable Integer wanted) {
    return wanted == null ? DEFAULT_COUNT : Math.max(1, Math.min(MAX_COUNT, wanted));
  }

  /** The cursor after this id, or after this key and id in lists that are sorted by a key. */
  static String cursor(UUID id, @Nullable String key) {
    return key == null ? id.toString() : id + "." + encoded(key);
  }

  private static String encoded(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a cursor.
   *
   * @param byName whether the list is sorted by name, so that the cursor must have a key; a cursor
   *     of another list is answered 400
   */
  static ResourceQuery.@Nullable Position after(@Nullable String cursor, boolean byName) {
    if (cursor == null) {
      return null;
    }
    try {
      int dot = cursor.indexOf('.');
      if (byName != dot >= 0) {
        throw bad();
      }
      return dot < 0
          ? new ResourceQuery.Position(null, UUID.fromString(cursor))
          : new ResourceQuery.Position(
              key(cursor.substring(dot + 1)), UUID.fromString(cursor.substring(0, dot)));
    } catch (IllegalArgumentException e) {
      throw bad();
    }
  }

  private static String key(String encoded) {
    String key = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
    if (!Json.isText(key)) {
      throw bad();
    }
    return key;
  }

  /** A text to compare with stored values; null when it is absent or blank. */
  static @Nullable String text(String name, @Nullable String given) {
    if (given == null || given.isBlank()) {
      return null;
    }
    if (!Json.isText(given)) {
      throw ProblemException.badRequest("'" + name + "' has a character that is in no text.");
    }
    return given.strip();
  }

  static @Nullable Long before(@Nullable String cursor) {
    try {
      return cursor == null ? null : Long.valueOf(cursor);
    } catch (NumberFormatException e) {
      throw bad();
    }
  }

  /** A position whose key begins with a digit, as in results that come in several parts. */
  static ResourceQuery.@Nullable Position afterPlace(@Nullable String cursor, boolean byName) {
    ResourceQuery.Position after = after(cursor, byName);
    if (after != null && after.key() != null && !after.key().matches("(?s)[0-9].*")) {
      throw bad();
    }
    return after;
  }

  /** Reads a cursor of a list that is sorted by a time; its key is the time. */
  static Leavers.@Nullable Position afterTime(@Nullable String cursor) {
    ResourceQuery.Position after = after(cursor, true);
    try {
      return after == null
          ? null
          : new Leavers.Position(time("cursor", Instant.parse(after.key())), after.id());
    } catch (DateTimeParseException e) {
      throw bad();
    }
  }

  /** A time to compare with stored ones. */
  static Instant time(String name, Instant given) {
    if (given.isBefore(EARLIEST) || given.isAfter(LATEST)) {
      throw ProblemException.badRequest(
          "'" + name + "' must be a time between the years 1 and 9999.");
    }
    return given;
  }

  private static ProblemException bad() {
    return ProblemException.badRequest("The 'cursor' is not from an earlier answer.");
  }

  /** The cursor of the next page, when more elements were found than are shown. */
  static <T> @Nullable String next(List<T> found, int count, Function<T, Object> cursor) {
    return found.size() > count ? cursor.apply(found.get(count - 1)).toString() : null;
  }

  static <T> List<T> shown(List<T> found, int count) {
    return found.subList(0, Math.min(count, found.size()));
  }
}
