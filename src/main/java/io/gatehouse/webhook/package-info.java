/**
 * Webhooks of identity providers: a call on its way through the steps of a route, from its bytes to
 * the signals it carries.
 */
@NullMarked
package io.gatehouse.webhook;

import org.jspecify.annotations.NullMarked;
