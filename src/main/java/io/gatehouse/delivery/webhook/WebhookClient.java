package io.gatehouse.delivery.webhook;

import io.gatehouse.delivery.Subscription;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** The HTTP client for the URLs of endpoints. */
public interface WebhookClient {

  /** The objection to a URL of an endpoint; empty when it is permitted as far as is known now. */
  Optional<String> objection(URI url);

  /** Sends one POST request in bounded time, to an address that was checked. */
  EndpointResponse post(Request request);

  /**
   * A request.
   *
   * @param claim the tenant and the name of the endpoint
   */
  record Request(Subscription claim, URI url, Map<String, String> headers, String body) {}
}
