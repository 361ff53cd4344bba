/** The queue component: durable messages, in order per key, read in batches. */
@NullMarked
package io.gatehouse.camel.queue;

import org.jspecify.annotations.NullMarked;
