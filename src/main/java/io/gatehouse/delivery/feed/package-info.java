/** The feed that subscribers read over HTTP, with long polls. */
@NullMarked
package io.gatehouse.delivery.feed;

import org.jspecify.annotations.NullMarked;
