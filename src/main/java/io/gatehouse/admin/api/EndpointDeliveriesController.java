package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.delivery.queue.ReplayJobs.From;
import io.gatehouse.delivery.webhook.DeliveryAttempts;
import io.gatehouse.delivery.webhook.Endpoint;
import io.gatehouse.delivery.webhook.Endpoints;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /endpoints/{tenant}/{name}}: the deliveries to an endpoint, and requests to resend events.
 */
@RestController
@RequestMapping("/admin/api/v1/endpoints/{tenant}/{name}")
public final class EndpointDeliveriesController {

  private final EndpointLookup known;
  private final Endpoints endpoints;
  private final DeliveryAttempts deliveryAttempts;
  private final Clock clock;

  EndpointDeliveriesController(
      EndpointLookup known, Endpoints endpoints, DeliveryAttempts deliveryAttempts, Clock clock) {
    this.known = known;
    this.endpoints = endpoints;
    this.deliveryAttempts = deliveryAttempts;
    this.clock = clock;
  }

  /** An attempt: an HTTP status, a problem or both. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record AttemptView(
      UUID event,
      Instant at,
      @Nullable Integer status,
      @Nullable String problem,
      long milliseconds) {

    private static AttemptView of(DeliveryAttempts.Entry it) {
      return new AttemptView(it.event(), it.at(), it.status(), it.problem(), it.millis());
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Page(List<AttemptView> attempts, @Nullable String next) {}

  /** The requested page. */
  public record Wanted(@Nullable String cursor, @Nullable Integer count) {}

  @Requires(Role.VIEWER)
  @GetMapping("/attempts")
  public Page attempts(@PathVariable String tenant, @PathVariable String name, Wanted wanted) {
    int count = PageRequest.count(wanted.count());
    List<DeliveryAttempts.Entry> found =
        deliveryAttempts.of(
            known.get(tenant, name), PageRequest.before(wanted.cursor()), count + 1);
    return new Page(
        PageRequest.shown(found, count).stream().map(AttemptView::of).toList(),
        PageRequest.next(found, count, DeliveryAttempts.Entry::id));
  }

  @Requires(Role.OPERATOR)
  @PostMapping("/enable")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void enable(@PathVariable String tenant, @PathVariable String name) {
    Endpoint endpoint = known.get(tenant, name);
    endpoints.enable(endpoint, clock.instant());
    known.audit(endpoint, "enable");
  }

  /**
   * A request to resend events.
   *
   * @param event one event
   * @param since a sequence or a time, from which on all events are resent; instead of one event
   */
  public record Resend(@Nullable UUID event, @Nullable Object since) {}

  @Requires(Role.OPERATOR)
  @PostMapping("/resend")
  @ResponseStatus(HttpStatus.ACCEPTED)
  public void resend(
      @PathVariable String tenant, @PathVariable String name, @RequestBody Resend wanted) {
    Endpoint endpoint = known.get(tenant, name);
    if (wanted.since() != null && wanted.event() == null) {
      endpoints.rewind(endpoint, from(wanted.since().toString()));
    } else if (wanted.event() == null || wanted.since() != null) {
      throw ProblemException.badRequest(
          "Give either 'event', an event id, or 'since', a sequence or a time.");
    } else if (!endpoints.resend(endpoint, wanted.event(), clock.instant())) {
      throw ProblemException.notFound(
          "The endpoint was not sent an event " + wanted.event() + " within a month.");
    }
    known.audit(endpoint, "resend");
  }

  /** A sequence may have leading zeros, as in events. */
  private static From from(String since) {
    try {
      return since.matches("\\d+")
          ? new From(Long.valueOf(since), null, null)
          : new From(null, Instant.parse(since), null);
    } catch (NumberFormatException | DateTimeParseException e) {
      throw ProblemException.badRequest(
          "'since' is a sequence, or a time like 2026-11-24T08:00:00Z.");
    }
  }
}
