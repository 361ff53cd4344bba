package io.gatehouse.delivery.webhook;

import java.time.Duration;
import java.time.Instant;

/** An attempt of a delivery, successful or not. */
public record DeliveryAttempt(
    PendingDelivery delivery, Instant at, EndpointResponse response, Duration took) {}
