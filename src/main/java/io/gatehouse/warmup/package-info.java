/** Requests of the gateway to itself before it is ready, which leave nothing behind. */
@NullMarked
package io.gatehouse.warmup;

import org.jspecify.annotations.NullMarked;
