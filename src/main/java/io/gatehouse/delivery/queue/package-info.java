/** Subscriptions with a queue: backlogs, lagging subscriptions, bootstrap and replay. */
@NullMarked
package io.gatehouse.delivery.queue;

import org.jspecify.annotations.NullMarked;
