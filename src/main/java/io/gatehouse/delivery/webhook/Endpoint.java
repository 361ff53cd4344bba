package io.gatehouse.delivery.webhook;

import io.gatehouse.delivery.Subscription;
import java.net.URI;
import java.util.UUID;

/**
 * A subscriber without a broker client, to whom events are posted over HTTP.
 *
 * @param claim whose events, which of them, and the name
 * @param ordered whether an event waits until the earlier ones of its user or group have arrived
 */
public record Endpoint(UUID id, Subscription claim, URI url, boolean ordered) {}
