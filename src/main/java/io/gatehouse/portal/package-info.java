/**
 * The portal of administrators under {@code /admin}: pages made on the server. Each calls the
 * controllers of the admin API, so that it can do nothing that the API cannot.
 */
@NullMarked
package io.gatehouse.portal;

import org.jspecify.annotations.NullMarked;
