package io.gatehouse.admin.explain;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.TenantLookup;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /connections/{id}/explain}: what a request of the IdP would do, without doing it. Nothing
 * is written, queued or recorded.
 */
@RestController
@RequestMapping("/admin/api/v1/connections/{id}/explain")
public final class ExplainController {

  private final TenantLookup tenantLookup;
  private final Explainer explainer;

  ExplainController(TenantLookup tenantLookup, Explainer explainer) {
    this.tenantLookup = tenantLookup;
    this.explainer = explainer;
  }

  @Requires(Role.OPERATOR)
  @PostMapping
  public Explanation explain(@PathVariable UUID id, @RequestBody GivenRequest request) {
    return explainer.request(tenantLookup.connection(id), request);
  }
}
