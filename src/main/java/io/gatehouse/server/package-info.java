/**
 * The HTTP server: how many connections, how long a body may take, how much memory requests may
 * use, and what happens when there is none left.
 */
@NullMarked
package io.gatehouse.server;

import org.jspecify.annotations.NullMarked;
