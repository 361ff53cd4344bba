/**
 * SCIM 2.0 itself (RFC 7643, RFC 7644): documents, schemas, paths, PATCH and errors. Independent of
 * transport and store.
 */
@NullMarked
package io.gatehouse.scim;

import org.jspecify.annotations.NullMarked;
