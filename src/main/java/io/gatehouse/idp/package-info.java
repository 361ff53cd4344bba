/**
 * The quirks of the identity providers: small named functions from a request to its intended form.
 */
@NullMarked
package io.gatehouse.idp;

import org.jspecify.annotations.NullMarked;
