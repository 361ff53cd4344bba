/** Tenants, their connections, and what is set on them: settings, secrets, tokens, schemas. */
@NullMarked
package io.gatehouse.tenant;

import org.jspecify.annotations.NullMarked;
