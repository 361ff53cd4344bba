/**
 * Authentication: bearer tokens for SCIM and for the admin API. Webhooks are verified in the route
 * of their IdP. Nothing else is open.
 */
@NullMarked
package io.gatehouse.security;

import org.jspecify.annotations.NullMarked;
