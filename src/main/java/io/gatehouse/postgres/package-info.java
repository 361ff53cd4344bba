/**
 * PostgreSQL behind the ports of the core: the only package that uses JDBC. Each statement is
 * beside its method.
 */
@NullMarked
package io.gatehouse.postgres;

import org.jspecify.annotations.NullMarked;
