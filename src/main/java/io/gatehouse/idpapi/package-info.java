/** The APIs of Okta, Microsoft Graph and OneLogin, behind the ports of {@code inbox}. */
@NullMarked
package io.gatehouse.idpapi;

import org.jspecify.annotations.NullMarked;
