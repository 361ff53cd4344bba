/**
 * The APIs of Okta, Microsoft Graph and OneLogin, behind the ports of {@code inbox}: the only
 * importer of the HTTP client and of the circuit breaker.
 */
@NullMarked
package io.gatehouse.idpapi;

import org.jspecify.annotations.NullMarked;
