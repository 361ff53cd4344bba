package io.gatehouse.delivery.webhook;

import io.gatehouse.delivery.Subscription;
import java.net.URI;
import java.util.UUID;

/**
 * A subscriber without a broker client, which receives events by HTTP POST.
 *
 * @param claim selection of events, and name
 * @param ordered whether an event waits until the earlier events of its user or group are delivered
 */
public record Endpoint(UUID id, Subscription claim, URI url, boolean ordered) {}
