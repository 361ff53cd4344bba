/** Digests and message authentication codes, for all stages. */
@NullMarked
package io.gatehouse.crypto;

import org.jspecify.annotations.NullMarked;
