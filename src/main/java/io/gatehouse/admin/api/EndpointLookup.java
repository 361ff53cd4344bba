package io.gatehouse.admin.api;

import io.gatehouse.delivery.webhook.Endpoint;
import io.gatehouse.delivery.webhook.Endpoints;
import io.gatehouse.security.CurrentAdministrator;
import org.springframework.stereotype.Component;

/** Finds the endpoint that a call names, and appends acts on it to the audit log. */
@Component
final class EndpointLookup {

  private final Endpoints endpoints;
  private final ActRecorder acts;

  EndpointLookup(Endpoints endpoints, ActRecorder acts) {
    this.endpoints = endpoints;
    this.acts = acts;
  }

  Endpoint get(String tenant, String name) {
    return endpoints
        .find(tenant, name)
        .filter(EndpointLookup::isVisible)
        .orElseThrow(() -> ProblemException.notFound("The tenant has no endpoint '" + name + "'."));
  }

  /** Whether the administrator controls the tenant of an endpoint. */
  static boolean isVisible(Endpoint endpoint) {
    return CurrentAdministrator.get().isOf(endpoint.claim().tenant());
  }

  void audit(Endpoint endpoint, String act) {
    acts.append(
        endpoint.claim().tenant(),
        null,
        "endpoint." + act,
        AccessRules.about("endpoint", endpoint.claim().name()));
  }
}
