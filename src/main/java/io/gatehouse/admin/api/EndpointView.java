package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.delivery.webhook.Endpoint;
import io.gatehouse.delivery.webhook.EndpointSecrets.Label;
import io.gatehouse.delivery.webhook.Endpoints.Standing;
import io.gatehouse.delivery.webhook.Endpoints.Trouble;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint; its secrets are represented by their ids only.
 *
 * @param backlog events that wait for it; the number ends at 100,000
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EndpointView(
    UUID id,
    String tenant,
    String name,
    String url,
    String profile,
    List<String> types,
    boolean ordered,
    String state,
    @Nullable String disabledBecause,
    long backlog,
    @Nullable Instant lastSuccess,
    @Nullable Trouble lastProblem,
    List<Label> secrets) {

  static EndpointView of(Endpoint endpoint, Standing standing, List<Label> secrets) {
    return new EndpointView(
        endpoint.id(),
        endpoint.claim().tenantSlug(),
        endpoint.claim().name(),
        endpoint.url().toString(),
        endpoint.claim().profile().label(),
        endpoint.claim().types(),
        endpoint.ordered(),
        standing.disabledBecause() == null ? "enabled" : "disabled",
        standing.disabledBecause(),
        standing.backlog(),
        standing.lastSuccess(),
        standing.lastProblem(),
        secrets);
  }
}
