/** Route files of identity providers: read, checked, and turned into routes. */
@NullMarked
package io.gatehouse.camel.routefile;

import org.jspecify.annotations.NullMarked;
