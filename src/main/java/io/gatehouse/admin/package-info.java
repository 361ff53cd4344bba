/** The interface for administrators: the admin API, and the log messages at the start. */
@NullMarked
package io.gatehouse.admin;

import org.jspecify.annotations.NullMarked;
