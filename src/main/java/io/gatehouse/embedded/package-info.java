/**
 * The embedded PostgreSQL and Artemis, for a start without preparation. Absent from the container
 * image.
 */
@NullMarked
package io.gatehouse.embedded;

import org.jspecify.annotations.NullMarked;
