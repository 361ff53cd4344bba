/**
 * Spans of OpenTelemetry, and their export by OTLP. Nothing of it is made, and no class of it
 * loaded, without an endpoint.
 */
@NullMarked
package io.gatehouse.tracing;

import org.jspecify.annotations.NullMarked;
