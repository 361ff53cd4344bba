/** Refused credentials of all realms: counted, slowed down, reported. */
@NullMarked
package io.gatehouse.signin;

import org.jspecify.annotations.NullMarked;
