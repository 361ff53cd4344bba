/** Events for subscribers: the profiles and the rendering. */
@NullMarked
package io.gatehouse.delivery;

import org.jspecify.annotations.NullMarked;
