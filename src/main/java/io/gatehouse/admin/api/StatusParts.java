package io.gatehouse.admin.api;

import io.gatehouse.command.ProbeResults.Part;
import io.gatehouse.directory.Backlogs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges the parts of the gateway: what is good, and what to do about the rest. */
final class StatusParts {

  static final String GOOD = "good";
  private static final String WARN = "warn";
  private static final String BAD = "bad";

  private static final Duration OUTBOX_LATE = Duration.ofSeconds(10);
  private static final Duration OUTBOX_STUCK = Duration.ofMinutes(1);
  private static final Duration INBOX_LATE = Duration.ofMinutes(1);
  private static final Duration INBOX_STUCK = Duration.ofMinutes(10);

  private final List<PartView> parts = new ArrayList<>();
  private final Instant now;

  private StatusParts(Instant now) {
    this.now = now;
  }

  /**
   * A part of the gateway.
   *
   * @param part for example {@code outbox}
   * @param state {@code good}, {@code warn} or {@code bad}
   * @param text what is the case, and what to do about it
   */
  public record PartView(String part, String state, String text) {}

  /**
   * All parts.
   *
   * @param backlogs null while the database is unavailable
   */
  static List<PartView> of(List<Part> down, Backlogs.@Nullable Gateway backlogs, Instant now) {
    StatusParts all = new StatusParts(now);
    all.parts.add(new PartView("http", GOOD, "Requests are answered."));
    boolean lost = down.contains(Part.DATABASE) || backlogs == null;
    all.works("database", lost, "PostgreSQL does not take writes. Look at its log and its disk.");
    all.works(
        "broker",
        down.contains(Part.BROKER),
        "The broker does not take messages. Look at its log and its disk.");
    all.works(
        "commands",
        down.contains(Part.COMMANDS),
        "Commands are accepted and not applied. Look at the log of the gateway.");
    if (backlogs != null) {
      all.queues(backlogs);
      all.decisions(backlogs);
    }
    return all.parts;
  }

  private void works(String part, boolean down, String advice) {
    parts.add(new PartView(part, down ? BAD : GOOD, down ? advice : "It works."));
  }

  private void queues(Backlogs.Gateway it) {
    parts.add(
        new PartView(
            "outbox",
            state(it.unannounced(), OUTBOX_LATE, OUTBOX_STUCK),
            it.unannounced() == null
                ? "Every change is announced."
                : "The oldest change waits %s for its announcement. If it stays, look at the broker."
                    .formatted(age(it.unannounced()))));
    parts.add(
        new PartView(
            "inbox",
            state(it.oldestSignal(), INBOX_LATE, INBOX_STUCK),
            it.signals() == 0
                ? "No event of an identity provider waits."
                : "%s of identity providers wait. If they stay, look at the API access of the connections."
                    .formatted(number(it.signals(), "event", "events"))));
  }

  private void decisions(Backlogs.Gateway it) {
    parts.add(
        new PartView(
            "parked",
            it.parked() == 0 ? GOOD : WARN,
            it.parked() == 0
                ? "No command is parked."
                : "%s parked. Replay or discard them under Problems."
                    .formatted(number(it.parked(), "command is", "commands are"))));
    parts.add(
        new PartView(
            "brake",
            it.brakes() == 0 ? GOOD : BAD,
            it.brakes() == 0
                ? "No brake is tripped."
                : "%s tripped: no user leaves until you allow or reject the wave of the connection."
                    .formatted(number(it.brakes(), "brake is", "brakes are"))));
    boolean reached = it.lagging() + it.disabled() == 0;
    parts.add(
        new PartView(
            "subscribers",
            reached ? GOOD : BAD,
            reached
                ? "All subscribers keep up."
                : "%s and %s. Start the subscriber, or remove it."
                    .formatted(
                        number(it.lagging(), "queue lags", "queues lag"),
                        number(it.disabled(), "endpoint is disabled", "endpoints are disabled"))));
  }

  private String state(@Nullable Instant since, Duration late, Duration stuck) {
    if (since == null || since.plus(late).isAfter(now)) {
      return GOOD;
    }
    return since.plus(stuck).isAfter(now) ? WARN : BAD;
  }

  private String age(Instant since) {
    long seconds = Math.max(0, Duration.between(since, now).toSeconds());
    return seconds < 120 ? seconds + " seconds" : seconds / 60 + " minutes";
  }

  private static String number(long count, String one, String more) {
    String digits = count >= Backlogs.MOST ? Backlogs.MOST + " or more" : String.valueOf(count);
    return digits + " " + (count == 1 ? one : more);
  }
}
