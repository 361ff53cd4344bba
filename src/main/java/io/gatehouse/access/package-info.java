/** Administrators, their roles and tenants, their sessions in the portal, and their API tokens. */
@NullMarked
package io.gatehouse.access;

import org.jspecify.annotations.NullMarked;
