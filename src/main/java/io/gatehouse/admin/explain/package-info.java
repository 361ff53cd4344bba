/** Explains what a request or a parked command would do, without doing it. */
@NullMarked
package io.gatehouse.admin.explain;

import org.jspecify.annotations.NullMarked;
