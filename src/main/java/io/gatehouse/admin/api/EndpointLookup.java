package io.gatehouse.admin.api;

import io.gatehouse.audit.AuditLog;
import io.gatehouse.delivery.webhook.Endpoint;
import io.gatehouse.delivery.webhook.Endpoints;
import org.springframework.stereotype.Component;

/** Finds the endpoint that a call names, and appends acts on it to the audit log. */
@Component
final class EndpointLookup {

  private final Endpoints endpoints;
  private final AuditLog audit;

  EndpointLookup(Endpoints endpoints, AuditLog audit) {
    this.endpoints = endpoints;
    this.audit = audit;
  }

  Endpoint get(String tenant, String name) {
    return endpoints
        .find(tenant, name)
        .orElseThrow(() -> ProblemException.notFound("The tenant has no endpoint '" + name + "'."));
  }

  void audit(Endpoint endpoint, String act) {
    audit.append(new AuditLog.Act(endpoint.claim().tenant(), null, "endpoint." + act));
  }
}
