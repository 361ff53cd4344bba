/**
 * SCIM 2.0 itself (RFC 7643, RFC 7644): documents, schemas, paths, PATCH and refusals. Knows no
 * transport and no store.
 */
@NullMarked
package io.gatehouse.scim;

import org.jspecify.annotations.NullMarked;
