/**
 * Webhooks of identity providers: the steps of a route, from the bytes of a call to its signals.
 */
@NullMarked
package io.gatehouse.webhook;

import org.jspecify.annotations.NullMarked;
