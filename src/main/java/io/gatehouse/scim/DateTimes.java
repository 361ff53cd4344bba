package io.gatehouse.scim;

import static java.time.temporal.ChronoField.DAY_OF_MONTH;
import static java.time.temporal.ChronoField.HOUR_OF_DAY;
import static java.time.temporal.ChronoField.MINUTE_OF_HOUR;
import static java.time.temporal.ChronoField.MONTH_OF_YEAR;
import static java.time.temporal.ChronoField.NANO_OF_SECOND;
import static java.time.temporal.ChronoField.SECOND_OF_MINUTE;
import static java.time.temporal.ChronoField.YEAR;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values of type dateTime (RFC 7643 section 2.3.5), with an offset, of the years 1 to 9999. */
public final class DateTimes {

  /**
   * The largest offset of XML Schema, in seconds; {@code scim_time} in PostgreSQL reads the same
   * form.
   */
  private static final int OFFSET_LIMIT = 14 * 3600;

  private static final DateTimeFormatter FORM =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendValue(YEAR, 4, 4, SignStyle.NOT_NEGATIVE)
          .appendLiteral('-')
          .appendValue(MONTH_OF_YEAR, 2)
          .appendLiteral('-')
          .appendValue(DAY_OF_MONTH, 2)
          .appendLiteral('T')
          .appendValue(HOUR_OF_DAY, 2)
          .appendLiteral(':')
          .appendValue(MINUTE_OF_HOUR, 2)
          .appendLiteral(':')
          .appendValue(SECOND_OF_MINUTE, 2)
          .optionalStart()
          .appendLiteral('.')
          .appendFraction(NANO_OF_SECOND, 1, 9, false)
          .optionalEnd()
          .appendOffset("+HH:MM", "Z")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private DateTimes() {}

  /** Parses a dateTime, to the microsecond; null when the text is invalid. */
  public static @Nullable Instant instant(String text) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text, FORM);
      boolean inRange =
          time.getYear() > 0 && Math.abs(time.getOffset().getTotalSeconds()) <= OFFSET_LIMIT;
      return inRange ? time.toInstant().truncatedTo(ChronoUnit.MICROS) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
