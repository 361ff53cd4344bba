/**
 * Who may come in: bearer tokens for SCIM and for the admin API; webhooks prove themselves in the
 * route of their IdP; nothing else is open.
 */
@NullMarked
package io.gatehouse.security;

import org.jspecify.annotations.NullMarked;
