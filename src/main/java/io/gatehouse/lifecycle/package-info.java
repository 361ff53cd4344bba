/**
 * The life of a person besides the sync of attributes: the brake against mass deprovisioning,
 * erasure when the deadline has passed, and enrolment on a schedule.
 */
@NullMarked
package io.gatehouse.lifecycle;

import org.jspecify.annotations.NullMarked;
