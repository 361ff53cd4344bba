/**
 * The admin API under {@code /admin/api/v1}: JSON in and out, errors as RFC 9457 problem details.
 */
@NullMarked
package io.gatehouse.admin.api;

import org.jspecify.annotations.NullMarked;
