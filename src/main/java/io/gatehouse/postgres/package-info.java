/**
 * PostgreSQL behind the ports of the core: the only package that knows JDBC. Each statement stands
 * by its method.
 */
@NullMarked
package io.gatehouse.postgres;

import org.jspecify.annotations.NullMarked;
