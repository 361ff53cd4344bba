/**
 * Camel around the stages: what the routes call, two small components of ours, and the reading of
 * the IdPs' route files.
 */
@NullMarked
package io.gatehouse.camel;

import org.jspecify.annotations.NullMarked;
