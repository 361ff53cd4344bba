/** The door: a SCIM request as a value, and the answer to it. Knows no servlet and no Camel. */
@NullMarked
package io.gatehouse.edge;

import org.jspecify.annotations.NullMarked;
