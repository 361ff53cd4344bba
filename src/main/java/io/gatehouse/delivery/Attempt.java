package io.gatehouse.delivery;

import java.time.Duration;
import java.time.Instant;

/** An errand that was run, with whatever success. */
public record Attempt(Errand errand, Instant at, Reply reply, Duration took) {}
