/** What a subscriber gets: the profiles and the events. */
@NullMarked
package io.gatehouse.delivery;

import org.jspecify.annotations.NullMarked;
