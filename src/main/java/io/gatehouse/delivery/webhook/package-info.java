/** Outgoing webhooks: endpoints, pending deliveries, attempts, signatures and retries. */
@NullMarked
package io.gatehouse.delivery.webhook;

import org.jspecify.annotations.NullMarked;
