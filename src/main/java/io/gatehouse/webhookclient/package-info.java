/** The HTTP client that posts events to the URLs of endpoints. */
@NullMarked
package io.gatehouse.webhookclient;

import org.jspecify.annotations.NullMarked;
