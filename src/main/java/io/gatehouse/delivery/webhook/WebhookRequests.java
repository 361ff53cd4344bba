package io.gatehouse.delivery.webhook;

import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.delivery.CloudEvent;
import io.gatehouse.delivery.EventRenderer;
import io.gatehouse.delivery.webhook.WebhookClient.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renders the events of endpoints, the same as on a queue of the profile, signs each with every
 * valid secret, and posts it.
 */
public final class WebhookRequests {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookRequests.class);

  private final EventRenderer renderer;
  private final EndpointSecrets secrets;
  private final WebhookClient client;
  private final Clock clock;

  public WebhookRequests(
      EventRenderer renderer, EndpointSecrets secrets, WebhookClient client, Clock clock) {
    this.renderer = renderer;
    this.secrets = secrets;
    this.client = client;
    this.clock = clock;
  }

  /** The events of a page that its endpoint subscribes to. */
  List<PendingDeliveries.Planned> plan(Endpoint endpoint, List<Announcement> page) {
    List<PendingDeliveries.Planned> planned = new ArrayList<>();
    for (Announcement change : page) {
      List<CloudEvent> events = renderer.of(endpoint.claim().profile(), change);
      for (int part = 0; part < events.size(); part++) {
        CloudEvent event = events.get(part);
        if (endpoint.claim().wants(event.type())) {
          planned.add(
              new PendingDeliveries.Planned(change.sequence(), part, UUID.fromString(event.id())));
        }
      }
    }
    return planned;
  }

  DeliveryAttempt run(PendingDelivery delivery) {
    Instant at = clock.instant();
    long start = System.nanoTime();
    EndpointResponse response = post(delivery, at);
    return new DeliveryAttempt(delivery, at, response, Duration.ofNanos(System.nanoTime() - start));
  }

  /**
   * What came of a test.
   *
   * @param event its id, as in the header {@code webhook-id}
   */
  public record Tested(UUID event, EndpointResponse response, Duration took) {}

  /**
   * Posts an event about nobody, by the same client and signed with the same secrets as all others.
   * It is posted once, and neither recorded nor repeated.
   */
  public Tested test(Endpoint endpoint) {
    Instant at = clock.instant();
    UUID id = UUID.randomUUID();
    long start = System.nanoTime();
    EndpointResponse response =
        client.post(signed(endpoint, CloudEvent.endpointTest(endpoint.claim(), id, at), at));
    return new Tested(id, response, Duration.ofNanos(System.nanoTime() - start));
  }

  /** An internal error counts as an attempt, so that the retries end. */
  private EndpointResponse post(PendingDelivery delivery, Instant at) {
    try {
      return client.post(request(delivery, at));
    } catch (RuntimeException e) {
      LOG.error("An event cannot be posted", e);
      return EndpointResponse.failed("The gateway failed; the reason is in its log.");
    }
  }

  private Request request(PendingDelivery delivery, Instant at) {
    Endpoint endpoint = delivery.endpoint();
    return signed(
        endpoint,
        renderer.of(endpoint.claim().profile(), delivery.change()).get(delivery.place().part()),
        at);
  }

  private Request signed(Endpoint endpoint, CloudEvent event, Instant at) {
    long timestamp = at.getEpochSecond();
    String signatures =
        secrets.live(endpoint).stream()
            .map(secret -> secret.sign(event.id(), timestamp, event.body()))
            .collect(Collectors.joining(" "));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("webhook-id", event.id());
    headers.put("webhook-timestamp", Long.toString(timestamp));
    headers.put("webhook-signature", signatures);
    String traceparent = event.attributes().get(CloudEvent.TRACEPARENT);
    if (traceparent != null) {
      headers.put(CloudEvent.TRACEPARENT, traceparent);
    }
    return new Request(endpoint.claim(), endpoint.url(), Map.copyOf(headers), event.body());
  }
}
