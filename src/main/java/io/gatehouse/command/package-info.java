/**
 * Commands, their callers and their outcomes, and the text in which commands and outcomes are
 * transported and stored.
 */
@NullMarked
package io.gatehouse.command;

import org.jspecify.annotations.NullMarked;
