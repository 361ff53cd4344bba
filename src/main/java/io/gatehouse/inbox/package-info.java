/**
 * What IdPs say out of turn, by webhooks and when they are polled: kept first, then turned into
 * commands.
 */
@NullMarked
package io.gatehouse.inbox;

import org.jspecify.annotations.NullMarked;
