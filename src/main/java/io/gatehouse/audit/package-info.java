/**
 * The audit log: actor, connection, action, time and origin of each command and act, and the chains
 * that show whether a row was changed.
 */
@NullMarked
package io.gatehouse.audit;

import org.jspecify.annotations.NullMarked;
