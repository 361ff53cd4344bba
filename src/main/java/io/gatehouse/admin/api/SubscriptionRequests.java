package io.gatehouse.admin.api;

import io.gatehouse.delivery.Profile;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.tenant.Connections.Tenant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Validates requests for new subscribers. */
@Component
final class SubscriptionRequests {

  private final TenantLookup tenantLookup;

  SubscriptionRequests(TenantLookup tenantLookup) {
    this.tenantLookup = tenantLookup;
  }

  /** The requested subscription; 400 for the first error. */
  Subscription of(
      @Nullable String tenant,
      @Nullable String name,
      @Nullable String profile,
      @Nullable List<String> types) {
    Tenant known = tenantLookup.given(tenant);
    Profile shown = profile(profile == null ? Profile.DIRECTORY.label() : profile);
    return new Subscription(
        known.id(),
        known.slug(),
        SlugRules.require("name", name),
        shown,
        EventTypes.require(types == null ? List.of() : types).patterns());
  }

  private static Profile profile(String label) {
    return Profile.labelled(label)
        .orElseThrow(() -> ProblemException.badRequest("There is no profile '" + label + "'."));
  }
}
