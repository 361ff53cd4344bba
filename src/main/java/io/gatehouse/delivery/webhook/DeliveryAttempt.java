package io.gatehouse.delivery.webhook;

import java.time.Duration;
import java.time.Instant;

/** An errand that was run, with whatever success. */
public record DeliveryAttempt(
    PendingDelivery delivery, Instant at, EndpointResponse response, Duration took) {}
