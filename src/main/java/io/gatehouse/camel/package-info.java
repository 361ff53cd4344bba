/**
 * The Camel side of the stages: beans that the routes call, two small Camel components, and the
 * loader of the IdPs' route files.
 */
@NullMarked
package io.gatehouse.camel;

import org.jspecify.annotations.NullMarked;
