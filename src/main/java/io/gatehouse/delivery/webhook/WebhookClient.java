package io.gatehouse.delivery.webhook;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Whoever answers at the URLs of endpoints. */
public interface WebhookClient {

  /** Why a URL cannot be that of an endpoint; empty when it can, as far as is known now. */
  Optional<String> objection(URI url);

  /** Posts once, in bounded time, and to an address that was checked. */
  EndpointResponse post(Request request);

  /** A request. */
  record Request(URI url, Map<String, String> headers, String body) {}
}
