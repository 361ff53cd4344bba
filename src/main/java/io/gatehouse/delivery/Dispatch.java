package io.gatehouse.delivery;

import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.delivery.Receivers.Letter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes changes the events of endpoints, the same that a queue of the profile gets, signs each with
 * every live secret, and posts it.
 */
public final class Dispatch {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

  private final Rendering rendering;
  private final EndpointSecrets secrets;
  private final Receivers receivers;
  private final Clock clock;

  public Dispatch(Rendering rendering, EndpointSecrets secrets, Receivers receivers, Clock clock) {
    this.rendering = rendering;
    this.secrets = secrets;
    this.receivers = receivers;
    this.clock = clock;
  }

  /** The events of a page that are for an endpoint. */
  List<Errands.Planned> plan(Endpoint endpoint, List<Announcement> page) {
    List<Errands.Planned> planned = new ArrayList<>();
    for (Announcement change : page) {
      List<Event> events = rendering.of(endpoint.claim().profile(), change);
      for (int part = 0; part < events.size(); part++) {
        Event event = events.get(part);
        if (endpoint.claim().wants(event.type())) {
          planned.add(new Errands.Planned(change.sequence(), part, UUID.fromString(event.id())));
        }
      }
    }
    return planned;
  }

  Attempt run(Errand errand) {
    Instant at = clock.instant();
    long start = System.nanoTime();
    Reply reply = post(errand, at);
    return new Attempt(errand, at, reply, Duration.ofNanos(System.nanoTime() - start));
  }

  /** A defect of ours counts as an attempt, so that it cannot go on for ever. */
  private Reply post(Errand errand, Instant at) {
    try {
      return receivers.post(letter(errand, at));
    } catch (RuntimeException e) {
      LOG.error("An event cannot be posted", e);
      return Reply.failed("The gateway failed; the reason is in its log.");
    }
  }

  private Letter letter(Errand errand, Instant at) {
    Endpoint endpoint = errand.endpoint();
    Event event =
        rendering.of(endpoint.claim().profile(), errand.change()).get(errand.place().part());
    long timestamp = at.getEpochSecond();
    String signatures =
        secrets.live(endpoint).stream()
            .map(secret -> secret.sign(event.id(), timestamp, event.body()))
            .collect(Collectors.joining(" "));
    Map<String, String> headers =
        Map.of(
            "webhook-id", event.id(),
            "webhook-timestamp", Long.toString(timestamp),
            "webhook-signature", signatures);
    return new Letter(endpoint.url(), headers, event.body());
  }
}
