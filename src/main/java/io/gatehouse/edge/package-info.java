/** SCIM requests as values, and the answers to them. Independent of servlets and Camel. */
@NullMarked
package io.gatehouse.edge;

import org.jspecify.annotations.NullMarked;
