/** Elements of HTTP that several stages read or write. */
@NullMarked
package io.gatehouse.http;

import org.jspecify.annotations.NullMarked;
