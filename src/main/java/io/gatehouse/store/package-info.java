/** What every stage may know of the database: a transaction, and that it is away. */
@NullMarked
package io.gatehouse.store;

import org.jspecify.annotations.NullMarked;
