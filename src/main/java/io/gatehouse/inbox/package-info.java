/** Signals of IdPs, by webhooks and polls: stored first, then translated into commands. */
@NullMarked
package io.gatehouse.inbox;

import org.jspecify.annotations.NullMarked;
