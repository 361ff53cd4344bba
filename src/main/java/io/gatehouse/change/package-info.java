/** Changes as they are stored in the outbox, and the relay that announces them. */
@NullMarked
package io.gatehouse.change;

import org.jspecify.annotations.NullMarked;
