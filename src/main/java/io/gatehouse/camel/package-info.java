/** Camel around the stages: what the routes call, and the two small components of ours. */
@NullMarked
package io.gatehouse.camel;

import org.jspecify.annotations.NullMarked;
