/** The port to the database for every stage: transactions, and the failures of the store. */
@NullMarked
package io.gatehouse.store;

import org.jspecify.annotations.NullMarked;
