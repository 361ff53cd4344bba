/** Subscriptions with a queue: what waits there, who lags behind, bootstrap and replay. */
@NullMarked
package io.gatehouse.delivery.queue;

import org.jspecify.annotations.NullMarked;
