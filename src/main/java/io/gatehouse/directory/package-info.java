/**
 * Applies commands to people, once each and in order, as a pure fold between two set-based steps;
 * and finds people.
 */
@NullMarked
package io.gatehouse.directory;

import org.jspecify.annotations.NullMarked;
