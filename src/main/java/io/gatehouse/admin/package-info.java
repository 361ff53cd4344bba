/** What administrators use: the admin API, and what the log says at the start. */
@NullMarked
package io.gatehouse.admin;

import org.jspecify.annotations.NullMarked;
