/** What goes to the log, and how much of it. */
@NullMarked
package io.gatehouse.logging;

import org.jspecify.annotations.NullMarked;
