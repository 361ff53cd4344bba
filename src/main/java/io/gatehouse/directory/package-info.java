/**
 * Applies commands to users and groups, once each and in order, as a pure fold between two
 * set-based steps; and queries them.
 */
@NullMarked
package io.gatehouse.directory;

import org.jspecify.annotations.NullMarked;
