package io.gatehouse.admin.api;

import io.gatehouse.access.ApiTokens;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.audit.ActivityLog;
import io.gatehouse.security.CurrentAdministrator;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** {@code /activity}: the newest entries of a tenant's audit log, as they come. */
@RestController
@RequestMapping("/admin/api/v1/activity")
public final class ActivityController {

  /** After this time a client with a token connects again, and the token is checked again. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final TenantLookup tenantLookup;
  private final ActivityLog activityLog;
  private final ActivityStreams streams;
  private final ApiTokens tokens;
  private final JsonMapper json;
  private final Clock clock;

  ActivityController(
      TenantLookup tenantLookup,
      ActivityLog activityLog,
      ActivityStreams streams,
      ApiTokens tokens,
      JsonMapper json,
      Clock clock) {
    this.tenantLookup = tenantLookup;
    this.activityLog = activityLog;
    this.streams = streams;
    this.tokens = tokens;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Parameters of a list and of a stream.
   *
   * @param outcome {@code applied} or {@code refused}; null for both
   * @param after only later entries than this one
   */
  public record Wanted(
      @Nullable String tenant,
      @Nullable UUID connection,
      @Nullable String action,
      @Nullable String outcome,
      @Nullable Long after,
      @Nullable Integer count) {}

  public record ActivityView(List<AuditView> entries) {}

  /** The latest entries of the last five thousand, the latest first, without values. */
  @Requires(Role.VIEWER)
  @GetMapping("/latest")
  public ActivityView latest(Wanted wanted) {
    long after = wanted.after() == null ? 0 : wanted.after();
    return new ActivityView(
        activityLog.latest(of(wanted), after, PageRequest.count(wanted.count())).stream()
            .map(AuditView::withoutValues)
            .toList());
  }

  /**
   * Entries as they come, as server-sent events named {@code entry}. The stream begins after {@code
   * after}, or after the header {@code Last-Event-ID} of a client that connects again.
   */
  @Requires(Role.VIEWER)
  @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  public void stream(
      Wanted wanted,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable Long last,
      HttpServletRequest request,
      HttpServletResponse response) {
    Instant end = clock.instant().plus(LONGEST);
    @Nullable UUID reader = CurrentAdministrator.get().id();
    streams.open(
        wish(wanted, last),
        new ActivityStreams.Reader(
            json::writeValueAsString, () -> clock.instant().isBefore(end) && isGood(reader)),
        request,
        response);
  }

  /** Whether a token is neither revoked nor suspended; the one of the data folder has no id. */
  private boolean isGood(@Nullable UUID token) {
    return token == null
        || tokens
            .find(token)
            .filter(it -> it.revokedAt() == null && !it.suspended())
            .filter(it -> it.expiresAt().isAfter(clock.instant()))
            .isPresent();
  }

  /** What a stream of the portal asks for; its tenant is checked as that of a call. */
  public ActivityStreams.Wish wish(Wanted wanted, @Nullable Long last) {
    Long after = last == null ? wanted.after() : last;
    return new ActivityStreams.Wish(of(wanted), after == null ? ActivityStreams.NOW : after);
  }

  private ActivityLog.Wanted of(Wanted wanted) {
    return new ActivityLog.Wanted(
        tenantLookup.given(wanted.tenant()).id(),
        wanted.connection(),
        PageRequest.text("action", wanted.action()),
        refused(wanted.outcome()));
  }

  private static @Nullable Boolean refused(@Nullable String outcome) {
    if (outcome == null || outcome.isEmpty()) {
      return null;
    }
    if (!outcome.equals("applied") && !outcome.equals("refused")) {
      throw ProblemException.badRequest("'outcome' must be applied or refused.");
    }
    return outcome.equals("refused");
  }
}
