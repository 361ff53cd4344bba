/** The audit log: actor, connection, action and time of each command and act. */
@NullMarked
package io.gatehouse.audit;

import org.jspecify.annotations.NullMarked;
