package io.gatehouse.portal;

import io.gatehouse.admin.api.ProblemException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads fields of forms that may be left empty. */
final class FormText {

  private FormText() {}

  static @Nullable String text(@Nullable String field) {
    return field == null || field.isBlank() ? null : field.strip();
  }

  static @Nullable Long sequence(@Nullable String field) {
    String text = text(field);
    try {
      return text == null ? null : Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw ProblemException.badRequest("A sequence is a number.");
    }
  }

  /** A time in UTC, with or without the letter for it. */
  static @Nullable Instant time(@Nullable String field) {
    String text = text(field);
    try {
      return text == null
          ? null
          : LocalDateTime.parse(text.replaceFirst("Z$", "")).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw ProblemException.badRequest("A time is in UTC and like 2026-11-24T08:00.");
    }
  }

  static @Nullable UUID id(@Nullable String field) {
    String text = text(field);
    try {
      return text == null ? null : UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest("An id is like 3f0f6a52-7d0b-4cf6-9f2c-6a1b1f0f2a11.");
    }
  }
}
