/**
 * One configuration per stage, which creates its beans; the bean names are the ones that the routes
 * use.
 */
@NullMarked
package io.gatehouse.wiring;

import org.jspecify.annotations.NullMarked;
