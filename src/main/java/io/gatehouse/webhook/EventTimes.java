package io.gatehouse.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.DateTimes;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times as senders write them: {@code 2026-11-03T09:13:06.123Z}, {@code 2026-11-03 09:13:06 UTC},
 * {@code 2026-11-03 14:43:06+0530}, or a number of seconds or milliseconds.
 */
final class EventTimes {

  private static final Pattern OFFSET = Pattern.compile("([+-][0-9]{2})([0-9]{2})$");

  /** Smaller numbers are seconds, until the year 5138; larger ones are milliseconds, since 1973. */
  private static final long FIRST_MILLIS = 100_000_000_000L;

  private EventTimes() {}

  /** Parses a time, to the microsecond; null when it is invalid. */
  static @Nullable Instant read(JsonNode value) {
    if (value.isTextual()) {
      String date = value.textValue().strip().replace(" UTC", "Z").replaceFirst(" ", "T");
      return DateTimes.instant(OFFSET.matcher(date).replaceFirst("$1:$2"));
    }
    if (value.canConvertToLong() && value.longValue() > 0) {
      return number(value.longValue());
    }
    return null;
  }

  private static @Nullable Instant number(long value) {
    Instant instant =
        value < FIRST_MILLIS ? Instant.ofEpochSecond(value) : Instant.ofEpochMilli(value);
    return instant.getEpochSecond() < FIRST_MILLIS ? instant : null;
  }
}
