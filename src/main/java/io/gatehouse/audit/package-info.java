/** Who did what, through which connection, and when. */
@NullMarked
package io.gatehouse.audit;

import org.jspecify.annotations.NullMarked;
