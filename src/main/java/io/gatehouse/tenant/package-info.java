/** Tenants and their connections, with their settings, secrets, tokens and schemas. */
@NullMarked
package io.gatehouse.tenant;

import org.jspecify.annotations.NullMarked;
