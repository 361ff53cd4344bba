/** What changed, as it is kept in the outbox, and the relay that announces it. */
@NullMarked
package io.gatehouse.change;

import org.jspecify.annotations.NullMarked;
