/** The feed over HTTP: {@code /events}, and the credentials of its subscribers. */
@NullMarked
package io.gatehouse.feedapi;

import org.jspecify.annotations.NullMarked;
