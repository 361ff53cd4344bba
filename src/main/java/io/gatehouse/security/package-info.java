/** Who may come in: bearer tokens for SCIM and for the admin API, and nothing else is open. */
@NullMarked
package io.gatehouse.security;

import org.jspecify.annotations.NullMarked;
