/**
 * The quirks of the identity providers: small named functions from a request to the request that
 * was meant.
 */
@NullMarked
package io.gatehouse.idp;

import org.jspecify.annotations.NullMarked;
