/**
 * What the gateway was asked to do, who asked, and what became of it; and the form in which both
 * travel.
 */
@NullMarked
package io.gatehouse.command;

import org.jspecify.annotations.NullMarked;
