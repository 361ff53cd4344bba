package io.gatehouse.portal;

import io.gatehouse.admin.api.AuditController.Wanted;
import io.gatehouse.admin.api.ProblemException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The search form of the audit log, as it was sent.
 *
 * @param from the first day, in UTC
 * @param until the last day, in UTC
 */
record AuditForm(
    @Nullable String actor,
    @Nullable String action,
    @Nullable UUID connection,
    @Nullable UUID resource,
    @Nullable String outcome,
    @Nullable String from,
    @Nullable String until,
    @Nullable String cursor) {

  static final AuditForm EMPTY = new AuditForm(null, null, null, null, null, null, null, null);

  /** The search of the admin API. */
  Wanted wanted(@Nullable String tenant) {
    return new Wanted(
        tenant,
        connection,
        resource,
        actor,
        action,
        day("from", from, 0),
        day("until", until, 1),
        outcome,
        cursor,
        null);
  }

  private static @Nullable Instant day(String name, @Nullable String given, int later) {
    if (given == null || given.isBlank()) {
      return null;
    }
    try {
      return LocalDate.parse(given).plusDays(later).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw ProblemException.badRequest("'" + name + "' must be a day, for example 2026-11-28.");
    }
  }

  /** The form as the query of an address, with {@code ?}; empty when nothing was given. */
  String query(@Nullable String next) {
    UriComponentsBuilder query = UriComponentsBuilder.newInstance();
    add(query, "actor", actor);
    add(query, "action", action);
    add(query, "connection", connection);
    add(query, "resource", resource);
    add(query, "outcome", outcome);
    add(query, "from", from);
    add(query, "until", until);
    add(query, "cursor", next);
    return query.encode().build().toUriString();
  }

  private static void add(UriComponentsBuilder query, String name, @Nullable Object value) {
    if (value != null && !value.toString().isBlank()) {
      query.queryParam(name, "{" + name + "}").uriVariables(java.util.Map.of(name, value));
    }
  }
}
