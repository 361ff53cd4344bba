/** The Artemis broker: its addresses, queues and users, and the confirmed publication of events. */
@NullMarked
package io.gatehouse.broker;

import org.jspecify.annotations.NullMarked;
